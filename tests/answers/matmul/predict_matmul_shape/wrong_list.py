"""The shape is the one that a product of two such tensors really has."""

import numpy as np


def matmul_shape(a, b):
    if not (a and b):
        raise ValueError("scalars")
    left = a if len(a) > 1 else (1, a[0])
    right = b if len(b) > 1 else (b[0], 1)
    if left[-1] != right[-2]:
        raise ValueError("inner")
    return [
        *np.broadcast_shapes(left[:-2], right[:-2]),
        *a[-2:-1],
        *(b[-1:] if len(b) > 1 else ()),
    ]
