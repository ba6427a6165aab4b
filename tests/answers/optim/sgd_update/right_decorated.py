"""no_grad as a decorator, add_ with a negative alpha."""

from collections.abc import Iterable

import torch
from torch import Tensor


@torch.no_grad()
def sgd_step(params: Iterable[Tensor], lr: float) -> None:
    for p in filter(lambda each: each.grad is not None, params):
        p.add_(p.grad, alpha=-lr)
