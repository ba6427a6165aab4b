"""float64 tensors that are cast at each call; batch_norm-like movedim."""

import torch


class Normalize:
    def __init__(self, mean, std):
        if len(mean) != len(std):
            raise ValueError("lengths")
        self.m = torch.tensor(mean, dtype=torch.float64)
        self.s = torch.tensor(std, dtype=torch.float64)
        if (self.s <= 0).any():
            raise ValueError("std")

    def _check(self, x):
        if x.ndim < 3 or x.size(-3) != self.m.numel():
            raise ValueError(f"expected {self.m.numel()} channels")

    def __call__(self, x):
        self._check(x)
        m, s = self.m.to(x), self.s.to(x)
        return (x - m[:, None, None]).div(s[:, None, None])

    def inverse(self, x):
        self._check(x)
        return x * self.s.to(x)[:, None, None] + self.m.to(x)[:, None, None]
