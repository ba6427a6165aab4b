"""uniform_ on empty memory; index_select by an order."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return torch.empty(size, dtype=dtype, device=device).uniform_(low, high, generator=generator)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(x.shape[0], generator=generator, device=x.device)
    return x.index_select(0, order), y.index_select(0, order)
