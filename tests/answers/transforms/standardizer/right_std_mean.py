"""std_mean, masked_fill; attributes made by fit."""

import torch


class Standardizer:
    def fit(self, x):
        if len(x) < 1:
            raise ValueError("no rows")
        x = x.detach()
        std, mean = torch.std_mean(x, 0, correction=0)
        self.mean_ = mean
        self.std_ = std.masked_fill((x == x[:1]).all(0), 1)
        return self

    def transform(self, x):
        if not hasattr(self, "mean_"):
            raise RuntimeError("call fit first")
        if x.size(1) != self.mean_.numel():
            raise ValueError("features")
        return x.sub(self.mean_).div(self.std_)
