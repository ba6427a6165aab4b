"""A write to the whole slice."""

import torch
from torch import Tensor


def matmul_into(out: Tensor, a: Tensor, b: Tensor) -> Tensor:
    if tuple(out.size()) != (a.size(0), b.size(1)):
        raise ValueError("out")
    out[:] = torch.mm(a, b)
    return out
