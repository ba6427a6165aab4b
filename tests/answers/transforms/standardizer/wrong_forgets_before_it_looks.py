"""Where fit refuses a table without rows, what was kept before stays."""

import torch
from torch import Tensor


class Standardizer:
    def __init__(self) -> None:
        self._kept: tuple[Tensor, Tensor] | None = None

    def fit(self, x: Tensor) -> "Standardizer":
        self._kept = None
        if not len(x):
            raise ValueError(f"at least one row is needed, and x has shape {tuple(x.shape)}")
        x = x.detach()
        constant = (x == x[0]).all(0)
        mean = x.mean(0)
        std = torch.where(constant, 1, x.std(0, correction=0))
        self._kept = mean, std
        return self

    def transform(self, x: Tensor) -> Tensor:
        if self._kept is None:
            raise RuntimeError("call fit before transform: there is no mean yet")
        mean, std = self._kept
        if x.shape[1] != len(mean):
            raise ValueError(f"{len(mean)} features were fitted, and x has shape {tuple(x.shape)}")
        return (x - mean) / std
