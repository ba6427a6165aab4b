"""A clone with a hook, a named function."""

from functools import partial

import torch
from torch import Tensor


def times(s: float, gradient: Tensor) -> Tensor:
    return torch.mul(gradient, s)


def scale_grad(x: Tensor, s: float) -> Tensor:
    copy = x.clone()
    if not copy.requires_grad:
        return copy
    copy.register_hook(partial(times, s))
    return copy
