"""Each part gets n · fraction samples, rounded down; what is left is dealt from the first."""

import math

import torch
from torch import Tensor


def split(n: int, fractions: list[float], generator: torch.Generator | None) -> list[Tensor]:
    if any(f < 0 for f in fractions) or not math.isclose(sum(fractions), 1):
        raise ValueError("fractions must sum to 1")
    sizes = [math.floor(n * f) for f in fractions]
    wanting = [i for i, f in enumerate(fractions) if f > 0]
    for k in range(n - sum(sizes)):
        sizes[wanting[k % len(wanting)]] += 1
    return list(torch.randperm(n, generator=generator).split(sizes))
