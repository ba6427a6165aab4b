"""x is no leaf after the first step, which torch.autograd.grad does not mind."""

import torch


def minimize(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (g,) = torch.autograd.grad(f(x), x)
        x = x - lr * g
    return x.detach()
