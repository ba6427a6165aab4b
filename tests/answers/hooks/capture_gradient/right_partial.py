"""A helper function bound to the list with partial; the copy is made without recording a graph."""

from functools import partial

import torch
from torch import Tensor
from torch.utils.hooks import RemovableHandle


def remember(into: list[Tensor], gradient: Tensor) -> None:
    with torch.no_grad():
        into.append(gradient.clone())


def capture(t: Tensor) -> tuple[list[Tensor], RemovableHandle]:
    gradients: list[Tensor] = []
    return gradients, t.register_hook(partial(remember, gradients))
