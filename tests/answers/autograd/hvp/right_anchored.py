"""A term that is 0 everywhere, and bends nowhere, keeps x in both graphs."""

import torch


def _twice(f, x, v):
    leaf = x.detach().requires_grad_()
    anchor = 0 * (leaf * leaf).sum()
    (first,) = torch.autograd.grad(f(leaf).sum() + anchor, leaf, create_graph=True)
    return torch.autograd.grad(first, leaf, v)[0]


def second_derivative(f, x):
    return _twice(f, x, torch.ones_like(x, requires_grad=False))


def hvp(f, x, v):
    return _twice(f, x, v)
