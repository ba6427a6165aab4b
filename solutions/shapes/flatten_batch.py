"""Flatten all but the batch.

Between the convolutions of a network and its linear layers stands a flatten: each sample becomes
one row, and the batch stays a batch.

    x, shape (2, 3, 4, 4)     start     result
                              1         (2, 48)        48 = 3 · 4 · 4
                              2         (2, 3, 16)
                              0         (96,)

Write `flatten_from`. The dimensions from start on become one, in row-major order: the last one
changes fastest. Those before start stay as they are.

- Any side can be 0. A batch of 0 samples still has rows of a definite length:
  (0, 3, 4, 4) becomes (0, 48).
- x can be in any layout. Where x's strides allow a view, the result is one: it shares x's memory,
  or is x itself. Where they don't, it is a copy.

`x.view(n, -1)` is what many write. The -1 asks torch to work the length out from the number of
elements, which can't be done if n is 0; and view refuses some layouts.

Not allowed: `torch.flatten`, also as a method or in `nn.Flatten`.
"""

import math

import torch
from torch import Tensor


def flatten_from(x: Tensor, start: int = 1) -> Tensor:
    """Make one dimension of all those from start on.

    Args:
        x: any dtype, shape (..., d_start, …, d_last), in any layout.
        start: from 0 to x.dim() - 1. So x has at least two dimensions where start is left out.

    Returns:
        A tensor of shape (*x.shape[:start], d_start · … · d_last): a view of x, or x itself, where
        that is possible, otherwise a copy.

    >>> flatten_from(torch.zeros(2, 3, 4, 4)).shape
    torch.Size([2, 48])
    >>> flatten_from(torch.zeros(2, 3, 4, 4), start=2).shape
    torch.Size([2, 3, 16])
    >>> flatten_from(torch.zeros(0, 3, 4, 4)).shape
    torch.Size([0, 48])
    """
    return x.reshape(*x.shape[:start], math.prod(x.shape[start:]))


HINTS = (
    "Which function gives a view where the strides allow it, and a copy where they don't? It isn't "
    "view, and it isn't contiguous.",
    "The shape of the result has two parts: the sides before start, and one more. x.shape is a "
    "tuple and can be sliced.",
    "Work the last side out yourself, as a product: math.prod takes a tuple, and gives 1 for an "
    "empty one.",
)

TAKE_ALONG = (
    "-1 in view and reshape can't be worked out where another side is 0: compute the length. "
    "reshape is a view where it can be, else a copy; contiguous().view() copies more often."
)
