"""The first result is the gradient of L at x"""

from collections.abc import Callable

import torch
from torch import Tensor


def through(
    f: Callable[[Tensor], Tensor], g: Callable[[Tensor], Tensor], x: Tensor
) -> tuple[Tensor, Tensor]:
    leaf = x.detach().float().requires_grad_()
    h = f(leaf)
    at_x, at_h = torch.autograd.grad(g(h), (leaf, h))
    return at_x.to(x.dtype), at_h.to(x.dtype)
