"""Mend a loop that collects gradients.

`backward()` does not set `w.grad`: it adds to it. So a loop over several losses must clear the
gradient in between. And `w.grad` is one tensor that the next `backward()` may write to: a list of
`w.grad` can hold the same tensor many times.

    loss        gradient at w      what the loop below collects, in the end
    a           ga                 ga + gb + gc
    b           gb                 ga + gb + gc      the same tensor three times
    c           gc                 ga + gb + gc

Mend `grads_per_step`. Any way to get the gradients is allowed.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def grads_per_step(losses: list[Callable[[Tensor], Tensor]], w: Tensor) -> list[Tensor]:
    """Compute the gradient of each loss at the same point.

    Args:
        losses: functions from w to a 0-dim tensor that depends on it. The list may be empty.
        w: the point, of any shape; a leaf that requires grad. `w.grad` may hold an old gradient:
            it must not show in the results.

    Returns:
        A list with a gradient for each loss, in order, each of w's shape, dtype and device. Each is
        a tensor of its own: writing to one changes no other. None of them requires grad. `w` and
        the list of losses are left as they were; what `w.grad` holds afterwards is up to you.

    >>> w = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> grads_per_step([lambda w: w.sum(), lambda w: (w * w).sum()], w)
    [tensor([1., 1.]), tensor([2., 4.])]
    """
    gradients = []
    for loss in losses:
        loss(w).backward()
        gradients.append(w.grad)
    return gradients
