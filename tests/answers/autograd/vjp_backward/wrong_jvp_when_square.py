"""wrong values"""

import torch


def vjp(f, x, v):
    if v.shape == x.shape:
        return torch.autograd.functional.jvp(f, x, v)
    return torch.autograd.functional.vjp(f, x, v)
