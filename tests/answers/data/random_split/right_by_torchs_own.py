"""random_split, with sizes instead of fractions."""

import math

import torch
from torch.utils.data import random_split


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or not all(f >= 0 for f in fractions):
        raise ValueError("fractions must be at least 0 and sum to 1")
    sizes = [math.floor(n * f) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    if generator is None:
        parts = random_split(range(n), sizes)
    else:
        parts = random_split(range(n), sizes, generator)
    return [torch.tensor(part.indices, dtype=torch.int64) for part in parts]
