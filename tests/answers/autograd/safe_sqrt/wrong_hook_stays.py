"""the call leaves a hook on x, which takes part in later gradients too"""

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
    if x.requires_grad:
        x.register_hook(lambda gradient: gradient.nan_to_num(0.0, 0.0, 0.0))
    return torch.where(x > 0, x.sqrt(), torch.zeros_like(x))
