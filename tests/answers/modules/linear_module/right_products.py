"""Products summed along the inputs."""

import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        spread = torch.distributions.Uniform(-(in_features**-0.5), in_features**-0.5)
        self.weight = nn.Parameter(spread.sample((out_features, in_features)))
        self.bias = nn.Parameter(spread.sample((out_features,))) if bias else None

    def forward(self, x):
        y = (x.unsqueeze(-2) * self.weight).sum(-1)
        if self.bias is None:
            return y
        return y + self.bias
