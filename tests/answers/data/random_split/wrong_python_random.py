"""the same seed gives another split"""

import math
import random

import torch


def split(n, fractions, generator):
    if not math.isclose(sum(fractions), 1) or min(fractions) < 0:
        raise ValueError
    sizes = [math.floor(n * f) for f in fractions]
    for i in range(n - sum(sizes)):
        sizes[i] += 1
    numbers = list(range(n))
    random.shuffle(numbers)
    return list(torch.tensor(numbers, dtype=torch.int64).split(sizes))
