"""Flattens the ids; a buffer that is not saved knows the padding."""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is not None and (padding_idx >= n or padding_idx < -n):
            raise ValueError
        frozen = torch.zeros(n, 1, dtype=torch.bool)
        weight = torch.randn(n, dim)
        if padding_idx is not None:
            frozen[padding_idx] = True
            weight = weight.masked_fill(frozen, 0)
        self.weight = nn.Parameter(weight)
        self.register_buffer("frozen", frozen, persistent=False)

    def forward(self, ids):
        weight = torch.where(self.frozen, self.weight.detach(), self.weight)
        flat = torch.index_select(weight, 0, ids.flatten())
        return flat.view(ids.shape + weight.shape[1:])
