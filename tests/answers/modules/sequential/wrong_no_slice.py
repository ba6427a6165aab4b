"""raises TypeError: '<=' not supported between instances of 'int' and 'slice'"""

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        for module in modules:
            self.add(module)

    def add(self, module):
        self.add_module(str(len(self)), module)

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, index):
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._modules[str(index % len(self))]

    def forward(self, x):
        for module in self._modules.values():
            x = module(x)
        return x
