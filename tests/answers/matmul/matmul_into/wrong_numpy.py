"""out holds the right values, but out._version is as before"""

import numpy as np


def matmul_into(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise ValueError("the shape differs")
    if out.device.type != "cpu":
        return out.copy_(a @ b)
    np.matmul(a.numpy(), b.numpy(), out=out.numpy())
    return out
