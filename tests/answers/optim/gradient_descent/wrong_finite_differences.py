"""wrong values"""

import torch


def minimize(f, x0, lr, steps):
    x = x0.detach().clone()
    for _ in range(steps):
        g = torch.zeros_like(x)
        for i in range(x.numel()):
            up = x.clone()
            up.view(-1)[i] += 1e-3
            g.view(-1)[i] = (f(up) - f(x)) / 1e-3
        x = x - lr * g
    return x
