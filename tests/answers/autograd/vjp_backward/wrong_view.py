"""For any f and any shape, the results are f(x) and vᵀJ in the shape of x."""

from collections.abc import Callable

import torch
from torch import Tensor


def vjp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return y.detach(), torch.zeros_like(x, requires_grad=False)
    # a number whose gradient is the product
    number = torch.dot(y.view(-1), v.detach().reshape(-1))
    (product,) = torch.autograd.grad(number, leaf, allow_unused=True, materialize_grads=True)
    return y.detach(), product.detach()
