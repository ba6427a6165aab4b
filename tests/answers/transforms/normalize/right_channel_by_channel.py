"""A loop over the channels."""

import torch


class Normalize:
    def __init__(self, mean, std):
        pairs = list(zip(mean, std, strict=True))
        for _, s in pairs:
            if not s > 0:
                raise ValueError("std must be positive")
        self.pairs = pairs

    def _each(self, x, f):
        if x.dim() < 3 or x.shape[-3] != len(self.pairs):
            raise ValueError("wrong channels")
        planes = x.unbind(-3)
        return torch.stack([f(p, m, s) for p, (m, s) in zip(planes, self.pairs)], -3)

    def __call__(self, x):
        return self._each(x, lambda p, m, s: (p - m) / s)

    def inverse(self, x):
        return self._each(x, lambda p, m, s: p * s + m)
