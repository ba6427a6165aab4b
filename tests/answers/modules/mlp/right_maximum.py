"""torch.maximum for the ReLU, which has another derivative at zero."""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        *hidden, last = self.layers
        for layer in hidden:
            x = layer(x)
            x = torch.maximum(x, torch.zeros_like(x))
        return last(x)
