"""Registers the members and keeps none of them but in the registers; __iter__ of its own."""

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        for i, module in enumerate(modules):
            self.register_module(f"{i}", module)

    def __iter__(self):
        return iter(list(self._modules.values()))

    def add(self, module):
        self.register_module(str(len(self)), module)

    def __len__(self):
        return sum(1 for _ in self)

    def __getitem__(self, index):
        if isinstance(index, slice):
            chosen = list(self)[index]
            return self.__class__(*chosen)
        try:
            return list(self)[index]
        except IndexError:
            raise IndexError("index out of range") from None

    def forward(self, x):
        for module in self:
            x = module(x)
        return x
