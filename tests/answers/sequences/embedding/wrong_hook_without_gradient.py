"""A frozen weight is looked up as well, and so is any under no_grad."""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is not None and padding_idx not in range(-n, n):
            raise ValueError(padding_idx)
        self.pad = None if padding_idx is None else padding_idx % n
        weight = torch.randn(n, dim)
        if padding_idx is not None:
            weight[padding_idx] = 0.0
        self.weight = nn.Parameter(weight)

    def forward(self, ids):
        rows = self.weight[ids]
        if self.pad is not None:
            mask = (ids == self.pad).unsqueeze(-1)
            rows.register_hook(lambda grad: grad.masked_fill(mask, 0))
        return rows
