"""An iterator of its own for each walk, and Tensor.split."""

import torch
from torch.utils.data import default_collate


class _Walk:
    def __init__(self, dataset, batches):
        self.dataset, self.batches, self.at = dataset, batches, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at >= len(self.batches):
            raise StopIteration
        self.at += 1
        chosen = self.batches[self.at - 1].tolist()
        return default_collate([self.dataset[i] for i in chosen])


class MiniLoader:
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        if batch_size < 1:
            raise ValueError(batch_size)
        self.dataset, self.size = dataset, batch_size
        self.shuffle, self.drop_last, self.generator = shuffle, drop_last, generator

    def __len__(self):
        n = len(self.dataset)
        return n // self.size if self.drop_last else -(-n // self.size)

    def __iter__(self):
        n = len(self.dataset)
        order = torch.arange(n)
        if self.shuffle:
            order = torch.randperm(n, generator=self.generator)
        return _Walk(self.dataset, order.split(self.size)[: len(self)] if n else ())
