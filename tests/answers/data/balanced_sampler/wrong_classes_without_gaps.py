"""n ints, each the number of a sample"""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        self.members = [
            (labels == each).nonzero().flatten() for each in range(int(labels.max()) + 1)
        ]
        self.n, self.generator = n, generator

    def __len__(self):
        return self.n

    def __iter__(self):
        for _ in range(self.n):
            chosen = int(torch.randint(len(self.members), (), generator=self.generator))
            members = self.members[chosen]
            yield int(members[torch.randint(len(members), (), generator=self.generator)])
