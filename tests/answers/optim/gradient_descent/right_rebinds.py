"""A new leaf for each step."""

import torch
from torch import Tensor


def _downhill(f, x: Tensor, lr: float) -> Tensor:
    leaf = x.detach().requires_grad_()
    (g,) = torch.autograd.grad(f(leaf), leaf)
    return x - lr * g


def minimize(f, x0, lr, steps):
    x = x0.detach().clone()
    for _ in range(steps):
        x = _downhill(f, x, lr)
    return x
