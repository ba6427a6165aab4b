"""A hook on what was looked up, where it has a gradient."""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is None:
            self.pad = None
        elif -n <= padding_idx < n:
            self.pad = padding_idx % n
        else:
            raise ValueError(f"padding_idx {padding_idx} for {n} words")
        self.weight = nn.Parameter(torch.randn((n, dim)))
        if self.pad is not None:
            self.weight.data[self.pad].zero_()

    def forward(self, ids):
        rows = self.weight[ids]
        if self.pad is not None and rows.requires_grad:
            mask = (ids == self.pad).unsqueeze(-1)
            rows.register_hook(lambda grad: grad.masked_fill(mask, 0))
        return rows
