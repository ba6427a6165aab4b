"""Sizes with divmod's spirit, and slices."""

import math

import torch


def split(n, fractions, generator):
    if any(f < 0 for f in fractions):
        raise ValueError("negative fraction")
    if not math.isclose(sum(fractions), 1.0):
        raise ValueError("fractions must sum to one")
    sizes = [int(n * f) for f in fractions]
    left = n - sum(sizes)
    sizes = [s + 1 if i < left else s for i, s in enumerate(sizes)]
    order = torch.randperm(n, generator=generator)
    parts, start = [], 0
    for size in sizes:
        parts.append(order[start : start + size])
        start += size
    return parts
