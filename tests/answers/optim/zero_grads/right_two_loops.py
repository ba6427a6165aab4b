"""A loop for each mode; fill_ and an in-place detach under no_grad."""

from collections.abc import Iterable

import torch
from torch import Tensor


def _zero(gradient: Tensor) -> None:
    gradient.detach_()
    with torch.no_grad():
        gradient.fill_(0.0)


def zero_grads(params: Iterable[Tensor], set_to_none: bool = True) -> None:
    if set_to_none:
        for p in params:
            p.grad = None
    else:
        for gradient in [p.grad for p in params if p.grad is not None]:
            _zero(gradient)
