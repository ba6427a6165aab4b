"""torch.where on the opposite mask, with a tensor full of the value."""

import torch
from torch import Tensor


def replace_where(x: Tensor, mask: Tensor, value: float) -> Tensor:
    return torch.where(~mask, x, torch.full_like(x, value))
