"""wrong values"""

import torch


def jacobian(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    if y.numel() == 0 or not y.requires_grad:
        return torch.zeros(*y.shape, *x.shape, dtype=x.dtype, device=x.device)
    if y.shape != x.shape:
        return torch.autograd.functional.jacobian(f, x)
    (g,) = torch.autograd.grad(y.sum(), leaf)
    return torch.diag(g.reshape(-1)).reshape(y.shape + x.shape)
