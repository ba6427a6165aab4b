"""parameters() gives weight and bias of each layer, from the first to the last."""

from itertools import pairwise

import torch
from torch import Tensor, nn


class Own(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(b, a).uniform_(-(a**-0.5), a**-0.5))
        self.bias = nn.Parameter(torch.empty(b).uniform_(-(a**-0.5), a**-0.5))

    def forward(self, x):
        return x @ self.weight.T + self.bias


class MLP(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Own(*pair) for pair in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        *hidden, last = self.layers
        for layer in hidden:
            x = layer(x).relu()
        return last(x)
