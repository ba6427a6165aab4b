"""grad() got an unexpected keyword argument 'gradient'"""

import torch


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    (product,) = torch.autograd.grad(y, leaf, gradient=v)
    return y.detach(), product
