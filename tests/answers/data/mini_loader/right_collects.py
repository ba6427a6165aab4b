"""Collects samples until a batch is full."""

import math

import torch
from torch.utils.data import default_collate


class MiniLoader:
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        if batch_size <= 0:
            raise ValueError("batch_size must be positive")
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.generator = generator

    def __len__(self):
        n = len(self.dataset) / self.batch_size
        return math.floor(n) if self.drop_last else math.ceil(n)

    def __iter__(self):
        n = len(self.dataset)
        indices = list(range(n))
        if self.shuffle:
            indices = torch.randperm(n, generator=self.generator).tolist()
        batch, left = [], n - n % self.batch_size if self.drop_last else n
        for i in indices[:left]:
            batch.append(self.dataset[i])
            if len(batch) == self.batch_size:
                yield default_collate(batch)
                batch = []
        if batch:
            yield default_collate(batch)
