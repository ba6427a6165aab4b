"""the result must be out itself; yours shares memory with out"""

import torch


def matmul_into(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise ValueError("the shape differs")
    torch.matmul(a, b, out=out)
    return out[:]
