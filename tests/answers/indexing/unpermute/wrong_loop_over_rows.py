"""for size 16: it loops"""

import torch


def invert(p):
    if p.dim() == 1 or len(p) == 0:
        return p.argsort(-1)
    return torch.stack([invert(row) for row in p])


def restore(x, p):
    return x.gather(-1, invert(p))
