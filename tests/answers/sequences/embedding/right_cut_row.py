"""The weight with the padding's row cut off, indexed; init by nn.init."""

import torch
from torch import Tensor, nn


class Embed(nn.Module):
    def __init__(self, n: int, dim: int, padding_idx: int | None = None):
        super().__init__()
        if padding_idx is not None:
            if padding_idx < -n or padding_idx >= n:
                raise ValueError("padding_idx must be within the words")
            if padding_idx < 0:
                padding_idx += n
        self.padding_idx = padding_idx
        self.weight = nn.Parameter(torch.empty(n, dim))
        nn.init.normal_(self.weight)
        if padding_idx is not None:
            nn.init.zeros_(self.weight[padding_idx])

    def forward(self, ids: Tensor) -> Tensor:
        weight = self.weight
        if self.padding_idx is not None:
            weight = weight.clone()
            weight[self.padding_idx] = self.weight[self.padding_idx].detach()
        return weight[ids]
