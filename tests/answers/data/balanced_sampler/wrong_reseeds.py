"""All epochs are the same"""

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        _, classes, counts = labels.unique(return_inverse=True, return_counts=True)
        self.weights = 1 / counts[classes]
        self.n = n
        self.seed = generator.initial_seed() if generator is not None else 0

    def __len__(self):
        return self.n

    def __iter__(self):
        generator = torch.Generator().manual_seed(self.seed)
        drawn = torch.multinomial(self.weights, self.n, True, generator=generator)
        return iter(drawn.tolist())
