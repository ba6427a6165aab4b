"""the result must have memory of its own, apart from train; yours is train itself"""

import torch


class Standardizer:
    def __init__(self):
        self._kept = None

    def fit(self, x):
        if not len(x):
            raise ValueError("no rows")
        x = x.detach()
        std = torch.where((x == x[0]).all(0), 1, x.std(0, correction=0))
        self._kept = x.mean(0), std
        return self

    def transform(self, x):
        if self._kept is None:
            raise RuntimeError("not fitted")
        mean, std = self._kept
        if x.shape[1] != len(mean):
            raise ValueError("other features")
        if not mean.any() and (std == 1).all():
            return x
        return (x - mean) / std
