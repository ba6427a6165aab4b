"""The parameters have torch's default dtype, whatever that is when the layer is made."""

import math

import torch
from torch import Tensor, nn


class Linear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        bound = 1 / math.sqrt(in_features)
        self.weight = nn.Parameter(
            torch.empty(out_features, in_features, dtype=torch.float32).uniform_(-bound, bound)
        )
        self.bias = (
            nn.Parameter(torch.empty(out_features, dtype=torch.float32).uniform_(-bound, bound))
            if bias
            else None
        )

    def forward(self, x: Tensor) -> Tensor:
        product = x @ self.weight.T
        return product if self.bias is None else product + self.bias
