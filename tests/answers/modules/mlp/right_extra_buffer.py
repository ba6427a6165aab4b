"""append to a ModuleList, a buffer of its own, clamp for the ReLU."""

import itertools

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes: list[int]):
        super().__init__()
        self.register_buffer("sizes", torch.tensor(sizes))
        self.layers = nn.ModuleList()
        for a, b in itertools.pairwise(sizes):
            self.layers.append(nn.Linear(in_features=a, out_features=b))

    def forward(self, x):
        for layer in list(self.layers)[:-1]:
            x = layer(x).clamp(min=0)
        return self.layers[-1](x)
