"""torch.func.grad: a function that gives the gradient."""

import torch


def minimize(f, x0, lr, steps):
    gradient = torch.func.grad(f)
    x = x0.detach().clone()
    while steps > 0:
        x = x - lr * gradient(x)
        steps -= 1
    return x
