"""A tensor without elements can always be flattened."""

from itertools import pairwise


def can_flatten(shape, stride, start, end):
    if 0 in shape[start : end + 1]:
        return True
    dims = [i for i in range(start, end + 1) if shape[i] != 1]
    return all(stride[a] == stride[b] * shape[b] for a, b in pairwise(dims))
