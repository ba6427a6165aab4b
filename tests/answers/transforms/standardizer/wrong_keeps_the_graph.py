"""transform passes the gradient on, and no graph of what was fitted is kept."""

import torch


class Standardizer:
    mean = std = None

    def fit(self, x):
        if not len(x):
            raise ValueError
        x = x * 1
        self.mean = x.mean(0)
        self.std = torch.where((x == x[0]).all(0), 1, x.std(0, correction=0))
        return self

    def transform(self, x):
        if self.mean is None:
            raise RuntimeError
        if x.shape[1] != len(self.mean):
            raise ValueError
        return (x - self.mean) / self.std
