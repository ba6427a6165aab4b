"""index_put_ that accumulates, over tensors of any shape."""

import torch
from torch import Tensor


def confusion(pred: Tensor, y: Tensor, n: int) -> Tensor:
    if pred.size() != y.size():
        raise ValueError("shapes differ")
    matrix = torch.zeros([n, n], dtype=torch.long, device=pred.device)
    return matrix.index_put_((y, pred), torch.ones_like(y), accumulate=True)
