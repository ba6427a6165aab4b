"""The weight starts with mean 0 and standard deviation 1, and every layer with its own."""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is not None and padding_idx not in range(-n, n):
            raise ValueError(padding_idx)
        self.pad = None if padding_idx is None else padding_idx % n
        weight = torch.randn(n, dim) / dim**0.5
        if padding_idx is not None:
            weight[padding_idx] = 0.0
        self.weight = nn.Parameter(weight)

    def forward(self, ids):
        rows = self.weight[ids]
        if self.pad is None:
            return rows
        return torch.where((ids == self.pad)[..., None], rows.detach(), rows)
