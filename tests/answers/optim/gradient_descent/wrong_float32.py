"""wrong dtype"""

import torch


def minimize(f, x0, lr, steps):
    x = x0.detach().clone().float().requires_grad_()
    for _ in range(steps):
        (g,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * g
    return x.detach()
