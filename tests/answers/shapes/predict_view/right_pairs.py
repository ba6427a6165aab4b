"""Neighbours in pairs, without the dimensions of length 1."""

from itertools import pairwise


def can_flatten(shape: tuple[int, ...], stride: tuple[int, ...], start: int, end: int) -> bool:
    for side in shape:
        if side == 0:
            return True
    dims = [(n, s) for n, s in zip(shape[start : end + 1], stride[start : end + 1]) if n > 1]
    return all(left[1] == right[0] * right[1] for left, right in pairwise(dims))
