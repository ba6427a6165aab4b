"""Counts by itself, and finds its members by getattr."""

from functools import reduce

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        self.count = 0
        for m in modules:
            self.add(m)

    def add(self, module):
        setattr(self, str(self.count), module)
        self.count += 1

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Seq(*[self[i] for i in range(*index.indices(self.count))])
        if index < -self.count or index >= self.count:
            raise IndexError(f"no member {index} of {self.count}")
        return getattr(self, str(index % self.count))

    def forward(self, x):
        return reduce(lambda value, member: member(value), self, x)
