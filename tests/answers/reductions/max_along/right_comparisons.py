"""A scan over the slices along dim; a walk over all coordinates."""

from itertools import product

import torch


def max_along(x, dim, keepdim=False):
    best = x.select(dim, 0)
    where = torch.zeros_like(best, dtype=torch.int64)
    for i in range(1, x.shape[dim]):
        here = x.select(dim, i)
        larger = ((here > best) | here.isnan()) & ~best.isnan()
        best = torch.where(larger, here, best)
        where = torch.where(larger, i, where)
    if keepdim:
        return best.unsqueeze(dim), where.unsqueeze(dim)
    return best, where


def argmax_coords(x):
    best = None
    for place in product(*map(range, x.shape)):
        value = x[place].item()
        if best is None or (value != value and best[0] == best[0]) or value > best[0]:
            best = value, place
    return best[1]
