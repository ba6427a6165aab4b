"""A rank for each sample, and the parts in the order of the samples."""

import math

import torch


def split(n, fractions, generator):
    if min(fractions) < 0 or abs(sum(fractions) - 1) > 1e-9:
        raise ValueError(fractions)
    sizes = [math.floor(n * each) for each in fractions]
    rest = n - sum(sizes)
    for i in range(rest):
        sizes[i % len(sizes)] += 1
    rank = torch.rand(n, generator=generator, dtype=torch.float64).argsort().argsort()
    ends = torch.tensor(sizes).cumsum(0)
    part = torch.bucketize(rank, ends, right=True)
    return [(part == number).nonzero().flatten() for number in range(len(sizes))]
