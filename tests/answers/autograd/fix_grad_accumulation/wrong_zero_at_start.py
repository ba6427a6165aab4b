"""Each entry is a copy, but backward() still adds to what the last step left in w.grad

Clears once before the loop, not in each step.
"""

from collections.abc import Callable

from torch import Tensor


def grads_per_step(losses: list[Callable[[Tensor], Tensor]], w: Tensor) -> list[Tensor]:
    w.grad = None
    gradients = []
    for loss in losses:
        loss(w).backward()
        gradients.append(w.grad.clone())
    return gradients
