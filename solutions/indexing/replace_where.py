"""Replace values under a mask.

Attention hides some of its scores by setting them to -inf; a loss sets broken measurements to 0. A
mask, a bool tensor, says which values are to be replaced:

    x              mask (one row)     value -1
    1  nan  3      T  F  F            -1  nan   3
    4   5   6                         -1   5    6
                   the mask is broadcast: it stands for both rows

Write `replace_where`. What must hold:

- The mask broadcasts to the shape of x by the usual rules: dimensions are matched from the last
  one, and where the mask lacks one, or has the length 1, it is repeated.
- A value is replaced or kept exactly. Whatever was under the mask has no influence, also a NaN or
  an infinity. A value of -inf or NaN shows under the mask and nowhere else.
- x is left as it was. The result is a new tensor that shares no memory with x, even where nothing
  is replaced.
- The gradient goes to the values that were kept; the replaced ones get 0.
"""

import torch
from torch import Tensor


def replace_where(x: Tensor, mask: Tensor, value: float) -> Tensor:
    """Copy x, with `value` wherever the mask is True.

    Args:
        x: floating or int64, any shape.
        mask: bool, on the device of x, of a shape that broadcasts to that of x.
        value: a number that x's dtype can hold: an int where x is int64.

    Returns:
        A tensor with the shape and dtype and on the device of `x`. It is part of the autograd
        graph where x requires grad. `x` and `mask` are left as they were.

    >>> x = torch.tensor([[1.0, float("nan"), 3.0], [4.0, 5.0, 6.0]])
    >>> replace_where(x, torch.tensor([True, False, False]), -1.0)
    tensor([[-1., nan,  3.],
            [-1.,  5.,  6.]])
    >>> replace_where(x, x.isnan(), 0.0)
    tensor([[1., 0., 3.],
            [4., 5., 6.]])
    """
    return x.masked_fill(mask, value)


HINTS = (
    "Arithmetic with the mask, as in x * ~mask, reads the values that it should hide: 0 times "
    "infinity is NaN. Look for an operation that chooses.",
    "x[mask] = value writes to x, and wants a mask whose dimensions are those of x from the first "
    "one on. Two functions of torch choose, broadcast, and give a new tensor.",
    "torch.where(condition, a, b) takes a where the condition is True. masked_fill is the special "
    "case that you need; without an underscore at its end it makes a new tensor.",
)

TAKE_ALONG = (
    "masked_fill and torch.where broadcast the mask and never compute with what they leave out. "
    "x[mask] = value writes to x itself, and does not broadcast the mask."
)

APPROACH = (
    "masked_fill takes its dtype and device from x. torch.where(mask, value, x) does the same here."
)
