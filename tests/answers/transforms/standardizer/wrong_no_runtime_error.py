"""transform before any fit raises RuntimeError."""

import torch


class Standardizer:
    mean = std = None

    def fit(self, x):
        if not len(x):
            raise ValueError
        x = x.detach()
        self.mean = x.mean(0)
        self.std = torch.where((x == x[0]).all(0), 1, x.std(0, correction=0))
        return self

    def transform(self, x):
        if x.shape[1] != len(self.mean):
            raise ValueError
        return (x - self.mean) / self.std
