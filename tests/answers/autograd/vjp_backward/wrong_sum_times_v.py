"""raises RuntimeError

Takes the gradient of y.sum() and multiplies it with v afterwards: right only where J is diagonal.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def vjp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return y, torch.zeros_like(x)
    (ones,) = torch.autograd.grad(y.sum(), leaf, allow_unused=True)
    if ones is None:
        return y.detach(), torch.zeros_like(x)
    return y.detach(), ones * v
