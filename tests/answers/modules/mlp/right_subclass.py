"""An nn.Sequential by inheritance."""

import itertools

from torch import nn


class MLP(nn.Sequential):
    def __init__(self, sizes):
        pairs = list(itertools.pairwise(sizes))
        modules = [m for a, b in pairs for m in (nn.Linear(a, b), nn.ReLU())]
        super().__init__(*modules[:-1])
