"""The permutation as a mask of rows and columns, whose transpose is the inverse."""

import torch


def mask(p):
    return p.unsqueeze(-2) == torch.arange(p.shape[-1], device=p.device).unsqueeze(-1)


def invert(p):
    return (mask(p) * torch.arange(p.shape[-1], device=p.device)).sum(-1)


def restore(x, p):
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    return torch.where(mask(p), x.unsqueeze(-2), zero).sum(-1, dtype=x.dtype)
