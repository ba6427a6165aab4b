"""The values of max, with the gradient flowing through the shift; unsqueeze in place of keepdim."""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int) -> Tensor:
    e = torch.exp(x - torch.max(x, dim, keepdim=True).values)
    return e / e.sum(dim).unsqueeze(dim)


def log_softmax(x: Tensor, dim: int) -> Tensor:
    m, _ = x.max(dim=dim, keepdim=True)
    return x - (m + torch.log(torch.sum(torch.exp(x - m), dim=dim, keepdim=True)))
