"""wrong values"""

import torch


def clamp_into_(x, lo, hi):
    return x.copy_(torch.fmin(torch.fmax(x, torch.full_like(x, lo)), torch.full_like(x, hi)))


def clamped(x, lo, hi):
    return x.clamp(lo, hi)
