"""Where f is linear"""

from collections.abc import Callable

import torch
from torch import Tensor


def second_derivative(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    return hvp(lambda z: f(z).sum(), x, torch.ones_like(x))


def hvp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> Tensor:
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros_like(x)
    (first,) = torch.autograd.grad(y, leaf, create_graph=True, allow_unused=True)
    if first is None or not first.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad((first * v).sum(), leaf)[0].detach()
