"""Random numbers that are cut into classes and samples."""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        self.order = labels.argsort(stable=True)
        self.counts = labels.unique(return_counts=True)[1]
        self.n, self.generator = n, generator

    def __len__(self):
        return self.n

    def __iter__(self):
        classes = torch.randint(len(self.counts), (self.n,), generator=self.generator)
        sizes = self.counts[classes]
        within = (torch.rand(self.n, generator=self.generator, dtype=torch.float64) * sizes).long()
        starts = self.counts.cumsum(0) - self.counts
        yield from self.order[starts[classes] + within].tolist()
