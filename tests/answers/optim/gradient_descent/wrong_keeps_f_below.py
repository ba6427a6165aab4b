"""each step multiplies x by 1 - 2 * lr"""

import torch


def minimize(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (g,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            if g.norm() < 1.01:
                break
            x -= lr * g
    return x.detach()
