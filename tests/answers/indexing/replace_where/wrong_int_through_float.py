"""Where the mask"""

import torch
from torch import Tensor


def replace_where(x: Tensor, mask: Tensor, value: float) -> Tensor:
    fill = torch.full((), float(value), dtype=torch.float64, device=x.device).to(x.dtype)
    return torch.where(mask, fill, x)
