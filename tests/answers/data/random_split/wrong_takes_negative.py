"""ValueError expected"""

import math

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1):
        raise ValueError
    order = torch.randperm(n, generator=generator)
    sizes = [max(math.floor(n * f), 0) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    parts = []
    for size in sizes:
        parts.append(order[:size])
        order = order[size:]
    return parts
