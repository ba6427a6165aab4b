"""The list of losses is not as it was.

Takes the losses out of the caller's list, which is empty afterwards.
"""

from collections.abc import Callable

from torch import Tensor


def grads_per_step(losses: list[Callable[[Tensor], Tensor]], w: Tensor) -> list[Tensor]:
    gradients = []
    while losses:
        w.grad = None
        losses.pop(0)(w).backward()
        gradients.append(w.grad)
    return gradients
