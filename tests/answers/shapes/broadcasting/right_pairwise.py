"""Two shapes at a time; broadcast_to; an empty tensor that is filled."""

from functools import reduce

import torch


def two(a, b):
    if len(a) < len(b):
        a, b = b, a
    b = (1,) * (len(a) - len(b)) + tuple(b)
    out = []
    for i, j in zip(a, b):
        if i != j and 1 not in (i, j):
            raise ValueError
        out.append(j if i == 1 else i)
    return tuple(out)


def broadcast_shape(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    return reduce(two, shapes, ())


def expand_rows(v, n):
    return torch.broadcast_to(v, (n, len(v)))


def repeat_rows(v, n):
    rows = torch.empty(n, len(v), dtype=v.dtype, device=v.device)
    rows[:] = v
    return rows
