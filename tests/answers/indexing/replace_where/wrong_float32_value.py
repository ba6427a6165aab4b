"""Where the mask"""

import torch
from torch import Tensor


def replace_where(x: Tensor, mask: Tensor, value: float) -> Tensor:
    return torch.where(mask, torch.tensor(value, device=x.device), x).to(x.dtype)
