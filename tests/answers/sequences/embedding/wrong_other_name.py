"""Unexpected key(s) in state_dict"""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is not None and not -n <= padding_idx < n:
            raise ValueError(padding_idx)
        self.padding = None if padding_idx is None else padding_idx % n
        table = torch.randn(n, dim)
        if padding_idx is not None:
            table[padding_idx] = 0
        self.table = nn.Parameter(table)

    def forward(self, ids):
        rows = self.table[ids]
        if self.padding is None:
            return rows
        return torch.where((ids == self.padding)[..., None], rows.detach(), rows)
