"""appears to not have been used in the graph"""

import torch


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return y, torch.zeros_like(x)
    (product,) = torch.autograd.grad(y, leaf, v)
    return y.detach(), product
