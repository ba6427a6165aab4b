"""In place and not.

torch has many operations twice: `x.clamp(lo, hi)` makes a new tensor, `x.clamp_(lo, hi)` writes to
x and gives back x. The underscore is the whole difference, and a promise to the caller.

    base   | 1 | 9 | 3 | 9 |                  x = base[1:], a view of it
    clamp_into_(x, 0, 5)    | 1 | 5 | 3 | 5 |     seen through x, base and every other view
    clamped(x, 0, 5)        | 5 | 3 | 5 |         new memory; x and base are as they were

Write the pair. Values below lo become lo, values above hi become hi, and NaN stays NaN. All of
torch is allowed. `clamp_into_` is an operation in place in every respect:

- It writes to the memory that x has, and returns the very object x.
- The write is visible to autograd: x._version is higher than before. (A write through .data is
  hidden from it, and a gradient that needs the old values is then wrong without an error.)

Gradients go through `clamped`: the gradient is 1 where a value was kept and 0 where it was cut.
Exactly at lo or hi either will do: clamp's own is 1 there before torch 2.14, and 0 since.
"""

import torch
from torch import Tensor


def clamp_into_(x: Tensor, lo: float, hi: float) -> Tensor:
    """Bring the values of a tensor between two bounds, in place.

    Args:
        x: a floating dtype, any shape, on any device, zero-size and 0-dim included; any layout but
            an expanded one. It does not require grad.
        lo: the lower bound; as hi, within the range of x's dtype.
        hi: the upper bound, at least lo.

    Returns:
        x itself.

    >>> base = torch.tensor([1.0, 9.0, 3.0, 9.0])
    >>> x = base[1:]
    >>> clamp_into_(x, 0.0, 5.0) is x
    True
    >>> base
    tensor([1., 5., 3., 5.])
    """
    raise NotImplementedError


def clamped(x: Tensor, lo: float, hi: float) -> Tensor:
    """Give the values of a tensor, brought between two bounds.

    Args:
        x: a floating dtype, any shape and layout, on any device. It may require grad.
        lo: the lower bound; as hi, within the range of x's dtype.
        hi: the upper bound, at least lo.

    Returns:
        A tensor of x's shape, dtype and device in memory of its own, even where every value is
        between the bounds. x is left as it was.

    >>> clamped(torch.tensor([1.0, 9.0, -3.0]), 0.0, 5.0)
    tensor([1., 5., 0.])
    """
    raise NotImplementedError
