"""out is not what it must be after the call"""

import torch


def matmul_into(out, a, b):
    if out.shape != (a.shape[0], b.shape[1]):
        raise ValueError("the shape differs")
    out = out.contiguous()
    return torch.mm(a, b, out=out)
