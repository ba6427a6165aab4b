"""The value as a 0-dim tensor like x."""

import torch


def replace_where(x, mask, value):
    return torch.where(mask, torch.tensor(value, dtype=x.dtype, device=x.device), x)
