"""A single one, expanded to the column; the dimension counted from the front."""

import torch


def append_bias(x):
    one = torch.tensor(1, dtype=x.dtype, device=x.device)
    return torch.cat([x, one.expand(*x.shape[:-1], 1)], dim=x.dim() - 1)
