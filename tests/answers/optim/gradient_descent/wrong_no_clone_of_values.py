"""it must not require grad; yours does"""

import torch


def minimize(f, x0, lr, steps):
    if steps == 0:
        return x0
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (g,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * g
    return x.detach()
