"""a tuple of 2 expected, a list of 2 returned"""

import torch


def through(f, g, x):
    leaf = x.detach().requires_grad_()
    h = f(leaf)
    return list(torch.autograd.grad(g(h), (leaf, h)))
