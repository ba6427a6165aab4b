"""Add and remove dimensions of length 1.

A dimension of length 1 holds no data: it only says how a tensor lines up with others. `unsqueeze`
puts one in, `squeeze` takes one out, and neither moves an element:

    shape of x               (    2,    3    )
    dim of a new dimension     0     1     2        one place more than x has dimensions
    counted from the end      -3    -2    -1
    unsqueeze(x, 1)          (    2, 1, 3    )
    unsqueeze(x, -1)         (    2,    3, 1 )

Write both. The dim of `unsqueeze` is the position of the new dimension in the result. The dim of
`squeeze` is a position in x.

- `squeeze(x, dim)` takes out that dimension only where its length is 1; otherwise the result is as
  x is. That is no error.
- `squeeze(x)` takes out every dimension of length 1, so it can end with a 0-dim tensor.
- A dim that is out of range raises an IndexError.
- The results are views: they share the memory of x, and are part of the autograd graph where x
  requires grad. Where nothing is to be done, x itself may be returned.

Not allowed: `unsqueeze` and `squeeze` of torch, as a function or a method.
"""

import torch
from torch import Tensor


def unsqueeze(x: Tensor, dim: int) -> Tensor:
    """Put a dimension of length 1 into the shape of x.

    Args:
        x: any dtype, any shape, zero-size and 0-dim included, in any layout.
        dim: where the new dimension is in the result, from -x.dim() - 1 to x.dim().

    Returns:
        A view of x with one more dimension.

    Raises:
        IndexError: dim is out of range.

    >>> x = torch.zeros(2, 3)
    >>> unsqueeze(x, 1).shape
    torch.Size([2, 1, 3])
    >>> unsqueeze(x, -1).shape
    torch.Size([2, 3, 1])
    """
    raise NotImplementedError


def squeeze(x: Tensor, dim: int | None = None) -> Tensor:
    """Take dimensions of length 1 out of the shape of x.

    Args:
        x: any dtype, any shape, zero-size included, in any layout. It has at least one dimension
            where dim is given.
        dim: from -x.dim() to x.dim() - 1. None stands for all dimensions.

    Returns:
        A view of x without that dimension, or without all those of length 1; x, or a view of it of
        the same shape, where there is nothing to take out.

    Raises:
        IndexError: dim is out of range.

    >>> x = torch.zeros(1, 3, 1)
    >>> squeeze(x).shape
    torch.Size([3])
    >>> squeeze(x, -1).shape
    torch.Size([1, 3])
    >>> squeeze(x, 1).shape
    torch.Size([1, 3, 1])
    """
    raise NotImplementedError
