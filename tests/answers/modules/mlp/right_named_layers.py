"""setattr with a name for each layer, found again by getattr."""

import itertools

import torch.nn.functional as F
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super(MLP, self).__init__()
        self.depth = len(sizes) - 1
        for i, (a, b) in enumerate(itertools.pairwise(sizes)):
            setattr(self, f"fc{i}", nn.Linear(a, b))

    def forward(self, x):
        for i in range(self.depth):
            x = getattr(self, f"fc{i}")(x)
            if i + 1 < self.depth:
                x = F.relu(x)
        return x
