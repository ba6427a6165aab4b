"""An expression for the batches, and numbers that are sorted for a shuffle."""

import itertools

import torch
from torch.utils.data import default_collate


class MiniLoader:
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        if batch_size < 1:
            raise ValueError("too small")
        self.__dict__.update(locals())

    def _batches(self):
        order = iter(range(len(self.dataset)))
        if self.shuffle:
            keys = torch.rand(
                len(self.dataset), generator=self.generator, dtype=torch.float64
            ).tolist()
            order = iter(sorted(range(len(keys)), key=keys.__getitem__))
        while batch := list(itertools.islice(order, self.batch_size)):
            if len(batch) == self.batch_size or not self.drop_last:
                yield batch

    def __len__(self):
        n, size = len(self.dataset), self.batch_size
        return sum(1 for start in range(0, n, size) if start + size <= n or not self.drop_last)

    def __iter__(self):
        return (default_collate([self.dataset[i] for i in batch]) for batch in self._batches())
