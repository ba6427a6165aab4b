"""zeros_like of empty memory, with the shape said by size=."""

import torch


def zeros_shaped(x, shape):
    like = torch.empty(size=shape, dtype=x.dtype, device=x.device)
    return torch.zeros_like(like)
