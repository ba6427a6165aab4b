"""x.grad must be set after the call; it is None"""

import torch


def jacobian(f, x):
    required = x.requires_grad
    y = f(x.requires_grad_())
    rows = torch.zeros(y.numel(), *x.shape, dtype=x.dtype, device=x.device)
    if y.requires_grad:
        for row, each in zip(rows, y.reshape(-1)):
            x.grad = None
            each.backward(retain_graph=True)
            if x.grad is not None:
                row.copy_(x.grad)
    x.grad = None
    x.requires_grad_(required)
    return rows.reshape(y.shape + x.shape)
