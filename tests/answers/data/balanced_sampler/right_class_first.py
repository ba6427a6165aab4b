"""A class, and then one of its samples."""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        self.members = [(labels == label).nonzero()[:, 0] for label in labels.unique()]
        self.n = n
        self.generator = generator

    def __len__(self):
        return self.n

    def __iter__(self):
        for _ in range(self.n):
            chosen = torch.randint(len(self.members), (1,), generator=self.generator).item()
            members = self.members[chosen]
            yield members[torch.randint(len(members), (1,), generator=self.generator)].item()
