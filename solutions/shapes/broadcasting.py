"""Broadcasting: how shapes meet, and what it costs.

Operations on tensors of different shapes stretch them to a common one. The rule:

    (   8, 1, 3)        The shapes are aligned at the right. A missing side counts as 1.
    (      4, 1)        In each column the lengths must be equal, or 1.
    (5, 1, 1, 1)        A length of 1 is stretched to the other one, whatever that is: to 0 too.
    ------------
    (5, 8, 4, 3)

Write `broadcast_shape`, which works out the common shape of any number of shapes and raises a
ValueError where there is none: for 2 against 3, and for 2 against 0. It computes with numbers: no
tensors or arrays, and no `broadcast_shapes` of torch or numpy.

Stretching costs nothing: a dimension of stride 0 reads the same memory again and again. That is
`expand`. All rows are one row then, and a write to one of them is seen in all, and in the tensor
they come from. Where rows must have lives of their own, the memory must be copied.

    v               | 1 | 2 | 3 |
    expand_rows(v, 2)    two rows over that memory, stride (0, 1)
    repeat_rows(v, 2)    | 1 | 2 | 3 | 1 | 2 | 3 |      new memory, stride (3, 1)

Write `expand_rows`, which makes a view, and `repeat_rows`, which copies, always: also where there
is only one row.
"""

import torch
from torch import Tensor


def broadcast_shape(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    """Work out the shape that tensors of these shapes are broadcast to.

    Args:
        shapes: any number of shapes, each with any number of sides. Without any, the result is ().

    Returns:
        A tuple of ints.

    Raises:
        ValueError: the shapes don't fit together.

    >>> broadcast_shape((8, 1, 3), (4, 1))
    (8, 4, 3)
    >>> broadcast_shape((2, 1), (0,), ())
    (2, 0)
    """
    count = max(map(len, shapes), default=0)
    aligned = [(1,) * (count - len(shape)) + tuple(shape) for shape in shapes]
    return tuple(_common(set(sides)) for sides in zip(*aligned, strict=True))


def _common(lengths: set[int]) -> int:
    """The length that dimensions of these lengths are stretched to."""
    stretched = lengths - {1}
    if len(stretched) > 1:
        raise ValueError(f"lengths {sorted(stretched)} can't be broadcast together")
    return stretched.pop() if stretched else 1


def expand_rows(v: Tensor, n: int) -> Tensor:
    """Let v be seen as n rows, without a copy.

    Args:
        v: any dtype, shape (d,), in any layout. d can be 0.
        n: the number of rows, 0 or more.

    Returns:
        A tensor of shape (n, d) that shares the memory of v.

    >>> expand_rows(torch.tensor([1, 2, 3]), 2)
    tensor([[1, 2, 3],
            [1, 2, 3]])
    """
    return v.expand(n, -1)


def repeat_rows(v: Tensor, n: int) -> Tensor:
    """Copy v to n rows.

    Args:
        v: any dtype, shape (d,), in any layout. d can be 0.
        n: the number of rows, 0 or more.

    Returns:
        A tensor of shape (n, d) with memory of its own. A write to one row leaves the other rows
        and v as they are.

    >>> rows = repeat_rows(torch.tensor([1, 2, 3]), 2)
    >>> rows[0] = 0
    >>> rows
    tensor([[0, 0, 0],
            [1, 2, 3]])
    """
    return v.repeat(n, 1)


HINTS = (
    "For broadcast_shape, first make all shapes equally long: which sides are put in, and at which "
    "end?",
    "Look at one column of lengths at a time. Without the ones, how many different lengths may be "
    "left? And what if none is?",
    "expand_rows: the method expand takes the new shape, and -1 for a side that stays. A new "
    "dimension may be added in front.",
    "repeat_rows: contiguous() copies only what is not contiguous, and a single row is. Look for a "
    "method that always copies, or one that copies the view.",
)

TAKE_ALONG = (
    "Broadcasting aligns at the right and stretches ones, to 0 too. expand is a view of stride 0: "
    "don't write to it. repeat and clone copy."
)
