"""Merges two dimensions at a time, and calls itself."""

import math


def can_flatten(shape, stride, start, end):
    if math.prod(shape) == 0 or start >= end:
        return True
    dims = list(zip(shape[start : end + 1], stride[start : end + 1]))
    while len(dims) > 1:
        (n, s), (m, t) = dims[-2:]
        if n == 1:
            dims[-2:] = [(m, t)]
        elif m == 1:
            dims[-2:] = [(n, s)]
        elif s == m * t:
            dims[-2:] = [(n * m, t)]
        else:
            return False
    return True
