"""clip is another name of clamp."""

import torch


def clamp_into_(x, lo, hi):
    return torch.clip_(x, lo, hi)


def clamped(x, lo, hi):
    return torch.clip(x, min=lo, max=hi)
