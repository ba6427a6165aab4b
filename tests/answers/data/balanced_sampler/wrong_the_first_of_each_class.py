"""times in 2400 draws: it should be about"""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        self.firsts = [(labels == each).nonzero()[0].item() for each in labels.unique()]
        self.n, self.generator = n, generator

    def __len__(self):
        return self.n

    def __iter__(self):
        classes = torch.randint(len(self.firsts), (self.n,), generator=self.generator)
        return iter([self.firsts[each] for each in classes.tolist()])
