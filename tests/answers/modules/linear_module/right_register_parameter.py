"""register_parameter, nn.init and einsum."""

import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = nn.Parameter(torch.empty((out_features, in_features)))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_features))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=5**0.5)
        if self.bias is not None:
            k = self.in_features**-0.5
            nn.init.uniform_(self.bias, -k, k)

    def forward(self, x):
        result = torch.einsum("...i,oi->...o", x, self.weight)
        if self.bias is not None:
            result = result + self.bias
        return result
