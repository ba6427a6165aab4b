"""to be on the same device"""

import torch


def jacobian(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = torch.zeros(y.numel(), *x.shape, dtype=x.dtype, device=x.device)
    if y.requires_grad:
        for i in range(y.numel()):
            v = torch.zeros(y.numel(), dtype=x.dtype)
            v[i] = 1
            loss = (y.reshape(-1) * v).sum()
            rows[i] = torch.autograd.grad(loss, leaf, retain_graph=True, materialize_grads=True)[0]
    return rows.reshape(y.shape + x.shape)
