"""calls with one generator give one split"""

import math

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or min(fractions) < 0:
        raise ValueError
    sizes = [math.floor(n * f) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    if generator is not None:
        generator = torch.Generator().manual_seed(generator.initial_seed())
    return list(torch.randperm(n, generator=generator).split(sizes))
