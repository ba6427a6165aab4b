"""accumulate for the strides; a tensor set on x's storage instead of as_strided."""

from itertools import accumulate
from operator import mul


def row_major(shape):
    if len(shape) == 0:
        return ()
    sides = [max(1, s) for s in shape[:0:-1]]
    return tuple(accumulate(sides, mul, initial=1))[::-1]


def swap_dims(x, a, b):
    a, b = a % x.dim(), b % x.dim()
    size, stride = list(x.shape), list(x.stride())
    size[a], size[b] = x.shape[b], x.shape[a]
    stride[a], stride[b] = x.stride(b), x.stride(a)
    return x.new_empty(0).set_(x.untyped_storage(), x.storage_offset(), size, stride)
