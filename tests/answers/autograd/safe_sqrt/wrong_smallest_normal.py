"""The value is the square root where x > 0, and exactly 0 where x <= 0."""

import torch
from torch import Tensor


def safe_sqrt(x: Tensor) -> Tensor:
    positive = x > 0
    safe = x.clamp(min=torch.finfo(x.dtype).tiny)
    return torch.where(positive, safe.sqrt(), torch.zeros_like(x))
