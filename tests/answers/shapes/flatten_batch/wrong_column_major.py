"""values differ"""

from math import prod


def flatten_from(x, start=1):
    n = x.dim()
    y = x.permute(*range(start), *reversed(range(start, n)))
    return y.reshape(*x.shape[:start], prod(x.shape[start:]))
