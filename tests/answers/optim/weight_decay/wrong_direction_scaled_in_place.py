"""decoupled_step makes its direction of the gradient alone"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor


@torch.no_grad()
def sgd_l2_step(params: Iterable[Tensor], lr: float, wd: float) -> None:
    for p in params:
        if p.grad is not None:
            p -= lr * (p.grad + wd * p)


@torch.no_grad()
def decoupled_step(
    params: Iterable[Tensor],
    lr: float,
    wd: float,
    direction: Callable[[Tensor], Tensor] | None = None,
) -> None:
    for p in params:
        if p.grad is not None:
            step = p.grad.clone() if direction is None else direction(p.grad)
            step.mul_(lr).add_(p, alpha=lr * wd)
            p -= step
