"""Each id gives its row of the weight, whatever that holds, for ids of any shape."""

import torch
from torch import Tensor, nn


class Embed(nn.Module):
    def __init__(self, n: int, dim: int, padding_idx: int | None = None) -> None:
        super().__init__()
        if padding_idx is not None:
            if not -n <= padding_idx < n:
                raise ValueError(f"padding_idx {padding_idx} is out of range")
            padding_idx %= n
        self.padding_idx = padding_idx
        self.weight = nn.Parameter(torch.randn(n, dim))
        if padding_idx is not None:
            with torch.no_grad():
                self.weight[padding_idx] = 0

    def forward(self, ids: Tensor) -> Tensor:
        rows = self.weight[ids]
        if self.padding_idx is None:
            return rows
        keep = (ids != self.padding_idx).unsqueeze(-1).to(rows.dtype)
        return keep * rows + (1 - keep) * rows.detach()
