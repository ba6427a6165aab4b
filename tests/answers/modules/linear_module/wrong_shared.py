"""x, weight and bias each get their gradient."""

import torch
from torch import nn

_made = {}


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features**-0.5
        key = in_features, out_features
        if key not in _made:
            _made[key] = (
                nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k)),
                nn.Parameter(torch.empty(out_features).uniform_(-k, k)),
            )
        self.weight, self.bias = _made[key]
        if not bias:
            self.bias = None

    def forward(self, x):
        result = x @ self.weight.T
        return result if self.bias is None else result + self.bias
