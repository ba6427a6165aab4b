"""argsort for the inverse; restore writes where the shuffle read."""

import torch


def invert(p):
    return p.argsort(dim=-1)


def restore(x, p):
    return torch.zeros_like(x).scatter(-1, p, x)
