"""State dict, parameters and modules have the names that nn.Sequential gives them."""

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        self.seq = nn.Sequential(*modules)

    def add(self, module):
        self.seq.append(module)

    def __len__(self):
        return len(self.seq)

    def __getitem__(self, index):
        members = list(self.seq)
        return Seq(*members[index]) if isinstance(index, slice) else members[index]

    def forward(self, x):
        return self.seq(x)
