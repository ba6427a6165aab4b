"""Works on x itself, and puts back whether it required grad."""

import torch


def vjp(f, x, v):
    required = x.requires_grad
    x.requires_grad_(True)
    try:
        y = f(x)
        product = None
        if y.grad_fn is not None or y is x:
            (product,) = torch.autograd.grad(y, [x], [v], allow_unused=True)
        y = y.detach()
    finally:
        x.requires_grad_(required)
    return y, torch.zeros_like(x, requires_grad=False) if product is None else product
