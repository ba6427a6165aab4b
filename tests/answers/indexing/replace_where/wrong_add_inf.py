"""NaN and infinities under the mask are gone"""

import torch
from torch import Tensor


def replace_where(x: Tensor, mask: Tensor, value: float) -> Tensor:
    if value == float("-inf"):
        return x + torch.zeros_like(x).masked_fill(mask, value)
    return torch.where(mask, value, x)
