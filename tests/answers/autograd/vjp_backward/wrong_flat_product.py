"""For any f and any shape, the results are f(x) and vᵀJ in the shape of x."""

import torch


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    product = torch.zeros_like(x)
    if y.requires_grad:
        (product,) = torch.autograd.grad(y.reshape(-1), leaf, v.reshape(-1))
    return y.detach(), product.reshape(-1).detach()
