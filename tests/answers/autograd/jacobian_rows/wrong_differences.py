"""wrong values"""

import torch


def jacobian(f, x, h=1e-4):
    x = x.detach()
    y = f(x)
    out = torch.zeros(y.numel(), x.numel(), dtype=x.dtype, device=x.device)
    for j in range(x.numel()):
        step = torch.zeros(x.numel(), dtype=x.dtype, device=x.device)
        step[j] = h
        step = step.reshape(x.shape)
        out[:, j] = ((f(x + step) - f(x - step)) / (2 * h)).detach().reshape(-1)
    return out.reshape(y.shape + x.shape)
