"""rounded down; what is left is dealt from the first"""

import math

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or min(fractions) < 0:
        raise ValueError
    numbers = torch.randperm(n, generator=generator).tolist()
    sizes = [math.floor(n * f) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    return [torch.tensor([numbers.pop() for _ in range(size)]) for size in sizes]
