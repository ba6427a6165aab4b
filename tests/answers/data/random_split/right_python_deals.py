"""A shuffle by hand (Fisher and Yates), with torch's numbers."""

import math

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or min(fractions) < 0:
        raise ValueError
    numbers = list(range(n))
    for last in range(n - 1, 0, -1):
        other = torch.randint(last + 1, (), generator=generator).item()
        numbers[last], numbers[other] = numbers[other], numbers[last]
    sizes = [math.floor(n * f) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    return [torch.tensor([numbers.pop() for _ in range(size)], dtype=torch.int64) for size in sizes]
