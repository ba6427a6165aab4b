"""stays as it was"""

import torch


def matmul_into(out, a, b):
    shape = out.shape
    torch.matmul(a, b, out=out)
    if out.shape != shape:
        raise ValueError("the shape differs")
    return out
