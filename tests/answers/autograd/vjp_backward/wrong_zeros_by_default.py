"""right values, wrong dtype: float64 expected, float32 returned"""

import torch


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return y, torch.zeros(x.shape, device=x.device)
    return y.detach(), torch.autograd.grad(y, leaf, v, materialize_grads=True)[0]
