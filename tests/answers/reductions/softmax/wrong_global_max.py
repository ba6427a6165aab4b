"""raises RuntimeError

Shifts by the maximum of the whole tensor and not of each row, so that rows far below it underflow.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int) -> Tensor:
    shifted = x - x.max()
    exps = torch.exp(shifted)
    return exps / exps.sum(dim, keepdim=True)


def log_softmax(x: Tensor, dim: int) -> Tensor:
    shifted = x - x.max()
    return shifted - torch.log(torch.exp(shifted).sum(dim, keepdim=True))
