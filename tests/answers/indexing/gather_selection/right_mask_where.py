"""A mask by comparison; torch.where keeps the other columns out of the sum."""

import torch as th


def select(x, index):
    columns = th.arange(x.shape[-1], device=x.device)
    mask = columns == index.unsqueeze(-1)
    return th.where(mask, x, th.zeros_like(x)).sum(dim=-1, dtype=x.dtype)
