"""each step multiplies x by 1 - 2 * lr"""

import torch


def minimize(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for k in range(steps):
        (g,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr / (k + 1) * g
    return x.detach()
