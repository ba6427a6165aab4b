"""Adds x - x.detach(), which is 0 and has the gradient of x."""

import torch
from torch import Tensor


def round_st(x: Tensor) -> Tensor:
    return x.round().detach() + (x - x.detach())


def td_loss(q: Tensor, r: Tensor, q_next: Tensor, gamma: float) -> Tensor:
    target = torch.add(r, q_next.data, alpha=gamma)
    return torch.nn.MSELoss()(q, target)
