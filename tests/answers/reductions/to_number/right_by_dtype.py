"""bool, float or int, by the dtype."""

import torch
from torch import Tensor


def to_number(x: Tensor) -> int | float | bool:
    if torch.Size(x.shape).numel() != 1:
        raise ValueError
    if x.dtype == torch.bool:
        return bool(x)
    if x.is_floating_point():
        return float(x)
    return int(x)
