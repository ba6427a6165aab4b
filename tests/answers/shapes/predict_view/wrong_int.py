"""a bool expected, an int returned"""

from itertools import pairwise


def can_flatten(shape, stride, start, end):
    if 0 in shape:
        return 1
    dims = [i for i in range(start, end + 1) if shape[i] != 1]
    return int(all(stride[a] == stride[b] * shape[b] for a, b in pairwise(dims)))
