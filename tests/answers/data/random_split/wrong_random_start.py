"""splits of 4 samples in halves gave"""

import math

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or min(fractions) < 0:
        raise ValueError
    sizes = [math.floor(n * f) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    start = int(torch.randint(max(n, 1), (), generator=generator))
    return list(torch.arange(n).roll(start).split(sizes))
