"""Counting with a dict; the weights need not sum to 1, nor be float64."""

from collections import Counter

import torch
from torch.utils.data import Sampler


class Balanced(Sampler):
    def __init__(self, labels, n, generator=None):
        super().__init__()
        self.labels = labels.tolist()
        self.n = n
        self.generator = generator

    def __len__(self):
        return self.n

    def __iter__(self):
        counts = Counter(self.labels)
        weights = torch.tensor([100 / counts[label] for label in self.labels])
        for index in torch.multinomial(weights, self.n, True, generator=self.generator):
            yield int(index)
