"""Everything in one nn.Sequential, with ReLU modules."""

from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        parts = []
        for i in range(len(sizes) - 1):
            if i > 0:
                parts.append(nn.ReLU(inplace=True))
            parts.append(nn.Linear(sizes[i], sizes[i + 1]))
        self.net = nn.Sequential(*parts)

    def forward(self, x):
        return self.net(x)
