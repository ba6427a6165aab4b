"""numpy's broadcast_shapes, which raises ValueError itself."""

import numpy as np


def matmul_shape(a, b):
    if not (a and b):
        raise ValueError("scalars")
    left = a if len(a) > 1 else (1, a[0])
    right = b if len(b) > 1 else (b[0], 1)
    if left[-1] != right[-2]:
        raise ValueError("inner")
    shape = np.broadcast_shapes(left[:-2], right[:-2])
    if len(a) > 1:
        shape += (left[-2],)
    if len(b) > 1:
        shape += (right[-1],)
    return shape
