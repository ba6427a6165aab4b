"""it loops"""

import torch
from torch import nn


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is not None and not -n <= padding_idx < n:
            raise ValueError(padding_idx)
        self.padding = None if padding_idx is None else padding_idx % n
        weight = torch.randn(n, dim)
        if padding_idx is not None:
            weight[padding_idx] = 0
        self.weight = nn.Parameter(weight)

    def forward(self, ids):
        rows = []
        for each in ids.flatten():
            row = self.weight[each].clone()
            rows.append(row.detach() if each == self.padding else row)
        if not rows:
            return self.weight[ids]
        return torch.stack(rows).view(*ids.shape, -1)
