"""State dict, parameters and modules have the names that nn.Sequential gives them."""

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        self.members = []
        for i, module in enumerate(modules):
            self.add_module(str(i), module)
            self.members.append(module)

    def add(self, module):
        self.members.append(module)

    def __len__(self):
        return len(self.members)

    def __getitem__(self, index):
        found = self.members[index]
        return Seq(*found) if isinstance(index, slice) else found

    def forward(self, x):
        for module in self.members:
            x = module(x)
        return x
