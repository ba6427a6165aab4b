"""The Jacobian one row at a time, each times its weight: slow, and right."""

import torch


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    product = torch.zeros_like(leaf.detach())
    if y.requires_grad:
        for element, weight in zip(y.reshape(-1), v.reshape(-1), strict=True):
            (row,) = torch.autograd.grad(element, leaf, retain_graph=True, materialize_grads=True)
            product += weight * row
    return y.detach(), product
