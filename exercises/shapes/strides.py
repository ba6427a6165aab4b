"""Strides: how a tensor walks through its memory.

A tensor's numbers lie in one row, its storage. The stride of a dimension says how many elements of
the storage to walk from one position in it to the next. Strides count elements; numpy's count
bytes. A new tensor is laid out row by row, which is called row-major:

    storage       | 0 | 1 | 2 | 3 | 4 | 5 |        0 1 2     shape (2, 3)
    next column    +1                              3 4 5     stride (3, 1)
    next row       +3
                                                   0 3       shape (3, 2)
    the same storage, walked in another order:     1 4       stride (1, 3)
                                                   2 5

So a transpose moves nothing: it gives the dimensions other sizes and strides over the same memory.
Old notes say that transpose is for two dimensions. Any two dimensions of a tensor can change
places.

Write `row_major`, which computes the strides of a new tensor of a given shape. A side of length 0
counts as one of length 1 there, as in torch. `row_major` makes and uses no tensors or arrays.

Then write `swap_dims` by `as_strided`, which makes a tensor over x's memory from a size and a
stride. x need not be row-major, and need not begin at the start of its storage.

Not allowed in `swap_dims`: `transpose`, `permute` and `t`, also where another function calls them,
as `.T`, `.mT`, `movedim` and `einsum` do.
"""

import torch
from torch import Tensor


def row_major(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Compute the strides of a new, row-major tensor.

    Args:
        shape: any number of sides, none included. A side can be 0 or 1.

    Returns:
        One int for each side, in elements.

    >>> row_major((2, 3))
    (3, 1)
    >>> row_major((4, 2, 3))
    (6, 3, 1)
    """
    raise NotImplementedError


def swap_dims(x: Tensor, a: int, b: int) -> Tensor:
    """Let two dimensions change places.

    Args:
        x: any dtype, at least one dimension, zero-size included, in any layout.
        a, b: dimensions from -x.dim() to x.dim() - 1. They can name the same one.

    Returns:
        A view of x: it shares x's memory.

    >>> x = torch.arange(6).view(2, 3)
    >>> swap_dims(x, 0, 1)
    tensor([[0, 3],
            [1, 4],
            [2, 5]])
    >>> swap_dims(torch.zeros(2, 3, 4), 0, -1).shape
    torch.Size([4, 3, 2])
    """
    raise NotImplementedError
