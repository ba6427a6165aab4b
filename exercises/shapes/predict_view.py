"""Predict whether view can flatten.

`x.view(shape)` never moves an element. To flatten neighbouring dimensions into one, a single
stride must lead through all of their elements in order. That is a question of numbers: whether
each step of a dimension is as long as a whole walk through the next one.

    shape (2, 3), stride (3, 1)     0 1 2 | 3 4 5            steps of 1 all the way: yes
    shape (2, 3), stride (1, 2)     0 2 4 | 1 3 5            +2 +2 -3 +2 +2: no
    shape (2, 3), stride (6, 2)     0 . 2 . 4 . | 6 . 8 .    steps of 2 all the way: yes
    shape (2, 3), stride (4, 1)     0 1 2 . | 4 5 6 .        +1 +1 +2 +1 +1: no

Old notes say that view needs a contiguous tensor. The third is not contiguous, and view flattens
it. A tensor can also be anything but contiguous outside of the dimensions that are flattened.

Write `can_flatten`. Two things to think of:

- In a dimension of length 1 no step is ever made, so its stride means nothing.
- A tensor without any elements has no order to keep: view always works, whichever of its sides
  is 0.

Answer from the numbers: `can_flatten` makes and uses no tensors or arrays.
"""

import torch


def can_flatten(shape: tuple[int, ...], stride: tuple[int, ...], start: int, end: int) -> bool:
    """Predict whether view can turn the dimensions from start to end into one.

    Args:
        shape: the sizes of a tensor, at least one.
        stride: its strides in elements, as many as there are sizes. Each is 0 (as after expand) or
            more.
        start, end: the first and the last of the dimensions to flatten, both included:
            0 <= start <= end < len(shape).

    Returns:
        True where `x.view(*shape[:start], -1, *shape[end + 1 :])` works, with the product of the
        sizes from start to end in place of -1; False where it raises. A bool.

    >>> can_flatten((2, 3), (3, 1), 0, 1)
    True
    >>> x = torch.zeros(3, 2).t()
    >>> can_flatten(x.shape, x.stride(), 0, 1)
    False
    >>> can_flatten((2, 3), (6, 2), 0, 1)
    True
    """
    raise NotImplementedError
