"""f is called exactly as often as there are steps"""

from collections.abc import Callable

import torch
from torch import Tensor


def minimize(f: Callable[[Tensor], Tensor], x0: Tensor, lr: float, steps: int) -> Tensor:
    x = x0.detach().clone()
    for _ in range(steps):
        x.requires_grad_()
        gradient = torch.autograd.grad(f(x), x)[0]
        if gradient.abs().sum() < 1e-8:
            break
        x = (x - lr * gradient).detach()
    return x.detach()
