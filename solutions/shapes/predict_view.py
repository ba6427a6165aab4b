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
    if 0 in shape:
        return True
    walk = None
    for dim in range(end, start - 1, -1):
        if shape[dim] == 1:
            continue
        if walk is not None and stride[dim] != walk:
            return False
        walk = shape[dim] * stride[dim]
    return True


HINTS = (
    "Write down the places in the storage that x[0, 0], x[0, 1], … have, for a few shapes and "
    "strides. View works where the differences are all the same.",
    "Take two dimensions only. After the last position of the second one, the next element is one "
    "step of the first one away. How far from where the second one began must that be?",
    "The stride of a dimension must be the next one's stride times the next one's size. With more "
    "dimensions, each pair of neighbours must fit.",
    "Drop the dimensions of length 1 before you compare neighbours, and answer first for a tensor "
    "without elements.",
)

TAKE_ALONG = (
    "view flattens neighbouring dimensions where stride[i] == stride[i + 1] * shape[i + 1] for "
    "each pair. Whether the tensor is contiguous is another question."
)
