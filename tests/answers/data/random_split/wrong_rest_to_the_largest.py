"""rounded down; what is left is dealt from the first"""

import math

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or min(fractions) < 0:
        raise ValueError
    exact = [n * f for f in fractions]
    sizes = [math.floor(each) for each in exact]
    largest = sorted(range(len(sizes)), key=lambda i: sizes[i] - exact[i])
    for i in largest[: n - sum(sizes)]:
        sizes[i] += 1
    return list(torch.randperm(n, generator=generator).split(sizes))
