"""where, with zeros_like and a bool mask."""

import torch


def dropout(x, p, training, generator=None):
    if not (0.0 <= p <= 1.0):
        raise ValueError(p)
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x) * x
    drop = torch.rand(x.size(), device=x.device, generator=generator) < p
    return torch.where(drop, torch.zeros_like(x), x / (1 - p))
