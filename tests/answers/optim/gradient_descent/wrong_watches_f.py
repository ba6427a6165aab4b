"""f is not called once a step"""

import torch


def minimize(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        value = f(x).item()
        (g,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * g
        print(value)
    return x.detach()
