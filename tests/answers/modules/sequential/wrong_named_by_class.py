"""State dict, parameters and modules have the names that nn.Sequential gives them."""

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        for module in modules:
            self.add(module)

    def add(self, module):
        self.add_module(type(module).__name__, module)

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, index):
        members = list(self._modules.values())
        return Seq(*members[index]) if isinstance(index, slice) else members[index]

    def forward(self, x):
        for module in self._modules.values():
            x = module(x)
        return x
