"""The largest value, and where it is.

A classifier's decision is an argmax over the scores of each sample, and its certainty is the
largest value itself. `torch.max(x, dim)` gives both. Old notes say that it returns a
two-dimensional vector: it is a named tuple of two tensors, the values and the indices.

    x (2 rows, 3 columns)      max_along(x, 1)              max_along(x, 0)
    10  40  40                 values   40  30              values   30  40  40
    30  20  20                 indices   1   0              indices   1   0   0
    one result for each row: dim 1, the columns, is gone    one for each column

Write `max_along`, which does the same without it, and `argmax_coords`, which finds the place of
the largest value in the whole of a tensor. Not allowed: `max`, `sort` and `topk` of torch, as
functions or methods. `argmax` and `amax` are.

- Of several equal values the first counts. `argmax` keeps to that.
- A NaN counts as larger than everything, and the first one wins. `argmax` keeps to that too. Take
  care with ==: a NaN equals nothing, not even itself.
- The gradient of each value goes to the one element that its index names, and to no other, not
  to an equal one either.
"""

import torch
from torch import Tensor


def max_along(x: Tensor, dim: int, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    """Find the largest value along a dimension, and its position there.

    Args:
        x: floating point or int64, at least one dimension, in any layout. Its side dim is at least
            1; the others can be 0.
        dim: the dimension to reduce, from -x.dim() to x.dim() - 1.
        keepdim: whether the results keep that dimension, with length 1.

    Returns:
        The values, with the dtype of x, and the indices, int64, on the device of x. Both have x's
        shape without dim, or with length 1 there. Values are part of the autograd graph where x
        requires grad.

    >>> max_along(torch.tensor([[10, 40, 40], [30, 20, 20]]), 1)
    (tensor([40, 30]), tensor([1, 0]))
    >>> values, indices = max_along(torch.zeros(2, 5, 3), 1, keepdim=True)
    >>> values.shape, indices.shape
    (torch.Size([2, 1, 3]), torch.Size([2, 1, 3]))
    """
    raise NotImplementedError


def argmax_coords(x: Tensor) -> tuple[int, ...]:
    """Find the first of the largest elements, in row-major order.

    Args:
        x: floating point or int64, any number of dimensions, at least one element, in any layout.

    Returns:
        One int for each dimension: x[argmax_coords(x)] is the largest value. () for a 0-dim x.

    >>> argmax_coords(torch.tensor([[10, 40, 40], [30, 20, 20]]))
    (0, 1)
    """
    raise NotImplementedError
