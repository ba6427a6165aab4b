"""rand stretched and shifted; matmul; a helper method."""

import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True):
        super(Linear, self).__init__()
        self._k = in_features ** (-1 / 2)
        self.weight = self._parameter(out_features, in_features)
        if bias:
            self.bias = self._parameter(out_features)
        else:
            self.bias = None

    def _parameter(self, *size):
        return nn.Parameter((2 * torch.rand(size) - 1) * self._k)

    def forward(self, input):
        out = torch.matmul(input, self.weight.transpose(0, 1))
        return out if self.bias is None else out.add_(self.bias)
