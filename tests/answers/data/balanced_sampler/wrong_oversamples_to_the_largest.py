"""An epoch is n ints"""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        self.members = [(labels == each).nonzero().flatten() for each in labels.unique()]
        self.n, self.generator = n, generator

    def __len__(self):
        return self.n

    def __iter__(self):
        most = max(map(len, self.members))
        drawn = torch.cat(
            [
                each[torch.randint(len(each), (most,), generator=self.generator)]
                for each in self.members
            ]
        )
        order = torch.randperm(len(drawn), generator=self.generator)
        return iter(drawn[order].tolist())
