"""times in 2400 draws: it should be about"""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        _, classes, counts = labels.unique(return_inverse=True, return_counts=True)
        self.weights = counts[classes].rsqrt()
        self.n, self.generator = n, generator

    def __len__(self):
        return self.n

    def __iter__(self):
        drawn = torch.multinomial(self.weights, self.n, True, generator=self.generator)
        return iter(drawn.tolist())
