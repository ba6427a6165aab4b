"""A ModuleList by inheritance, which has the numbers as names too."""

from torch import nn


class Seq(nn.ModuleList):
    def __init__(self, *modules):
        super().__init__(modules)

    def add(self, module):
        self.append(module)

    def __getitem__(self, index):
        members = [self._modules[str(i)] for i in range(len(self))]
        return Seq(*members[index]) if isinstance(index, slice) else members[index]

    def forward(self, x):
        for member in self:
            x = member(x)
        return x
