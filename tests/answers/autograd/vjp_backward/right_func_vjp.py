"""torch.func: a pullback, called once."""

from torch import func


def vjp(f, x, v):
    value, pull_back = func.vjp(f, x.detach())
    return value, pull_back(v)[0]
