"""round_st gives exactly the values of torch.round"""

import torch
from torch import Tensor


def round_st(x: Tensor) -> Tensor:
    whole = x.detach().round().long()
    return x + (whole - x).detach()


def td_loss(q: Tensor, r: Tensor, q_next: Tensor, gamma: float) -> Tensor:
    return torch.nn.functional.mse_loss(q, (r + gamma * q_next).detach())
