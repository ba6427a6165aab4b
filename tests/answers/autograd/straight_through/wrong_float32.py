"""td_loss is the mean of the squares of q - (r + gamma * q_next)."""

import torch
from torch import Tensor


def round_st(x: Tensor) -> Tensor:
    return x + (torch.round(x) - x).detach()


def td_loss(q: Tensor, r: Tensor, q_next: Tensor, gamma: float) -> Tensor:
    target = (r.float() + gamma * q_next.float()).detach()
    return ((q.float() - target) ** 2).mean().to(q.dtype)
