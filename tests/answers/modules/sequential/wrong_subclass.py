"""nn.Sequential within: 0 expected, 1 returned"""

from torch import nn


class Seq(nn.Sequential):
    def add(self, module):
        self.append(module)

    def __getitem__(self, index):
        members = list(self._modules.values())
        return Seq(*members[index]) if isinstance(index, slice) else members[index]
