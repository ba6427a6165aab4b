"""Balanced must be a subclass of Sampler"""

import torch


class Balanced:
    def __init__(self, labels, n, generator=None):
        _, classes, counts = labels.unique(return_inverse=True, return_counts=True)
        self.weights = 1 / counts[classes]
        self.n, self.generator = n, generator

    def __len__(self):
        return self.n

    def __iter__(self):
        drawn = torch.multinomial(self.weights, self.n, True, generator=self.generator)
        return iter(drawn.tolist())
