"""sizes is not what it must be after the call"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        inputs = sizes.pop(0)
        for outputs in list(sizes):
            self.layers.append(nn.Linear(inputs, outputs))
            inputs = sizes.pop(0)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = layer(x).relu()
        return self.layers[-1](x)
