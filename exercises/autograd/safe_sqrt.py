"""A square root with a gradient everywhere.

The gradient of the square root grows without end towards 0, and below 0 there is none. A distance
of 0 or a tiny negative variance is then enough to fill a model with NaN. Picking the good values
afterwards does not help:

    torch.where(x > 0, x.sqrt(), 0)

    x               4        0        -1
    value           2        0        0
    gradient        0.25     NaN      NaN

The values are right. But backward goes through both branches of where: the one that was not picked
gets the gradient 0, and the derivative of the root makes 0 · inf or 0 · NaN of it, which is NaN.
The cure must come before the root, not after it.

Write `safe_sqrt`. Any way to do it is allowed that leaves x as it was: the gradients of other
functions of x are not touched, now or later.
"""

import torch
from torch import Tensor


def safe_sqrt(x: Tensor) -> Tensor:
    """Compute the square root where x is positive, and 0 elsewhere.

    Args:
        x: float32 or float64, any shape. It holds no NaN; it can hold inf and -inf.

    Returns:
        A new tensor like x: the square root where x > 0, however small, and exactly 0 where x <= 0.
        Its derivative is 1 / (2 * sqrt(x)) where x > 0, and exactly 0 where x <= 0.

    >>> x = torch.tensor([4.0, 0.0, -1.0], requires_grad=True)
    >>> root = safe_sqrt(x)
    >>> root.detach()
    tensor([2., 0., 0.])
    >>> root.sum().backward()
    >>> x.grad
    tensor([0.2500, 0.0000, 0.0000])
    """
    raise NotImplementedError
