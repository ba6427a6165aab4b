"""backward on an own leaf, whose .grad is set to None."""

import torch


def minimize(f, x0, lr, steps):
    x = x0.clone().detach().requires_grad_(True)
    for _ in range(steps):
        x.grad = None
        loss = f(x)
        loss.backward()
        with torch.no_grad():
            x -= lr * x.grad
    return x.detach()
