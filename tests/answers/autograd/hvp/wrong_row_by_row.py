"""for size 16: it loops"""

import torch
from torch.autograd import functional


def second_derivative(f, x):
    return functional.hvp(lambda x: f(x).sum(), x, torch.ones_like(x, requires_grad=False))[1]


def hvp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    out = torch.zeros(x.numel(), dtype=x.dtype, device=x.device)
    if not y.requires_grad:
        return out.reshape(x.shape)
    (g,) = torch.autograd.grad(y, leaf, create_graph=True, materialize_grads=True)
    if g.requires_grad:
        for i in range(g.numel()):
            (row,) = torch.autograd.grad(
                g.reshape(-1)[i], leaf, retain_graph=True, materialize_grads=True
            )
            out[i] = (row * v).sum()
    return out.reshape(x.shape)
