"""must be set after the call; it is None"""

import torch


def minimize(f, x0, lr, steps):
    x0.grad = None
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (g,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * g
    return x.detach()
