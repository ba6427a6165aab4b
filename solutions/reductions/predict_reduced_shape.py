"""Predict the shape of a reduction.

`x.sum(dim, keepdim=…)` takes some dimensions out of a tensor. So do mean, amax, prod, any and many
others. The shape of the result depends on the shape of x, on dim and on keepdim alone:

    shape of x       (4, 2, 3)      dims are 0, 1, 2, or -3, -2, -1 from the end
    dim = 1          (4, 3)         the dimension that dim names is gone
    dim = (0, -1)    (2,)           several are gone
    dim = None       ()             all are gone
    keepdim = True   they stay, with length 1: (4, 1, 3), (1, 2, 1) and (1, 1, 1)

Write `reduced`, which gives that shape. The numbers in dim are positions in the shape of x, before
anything is removed, in any order. A dimension of length 0 is reduced like any other: its sum is 0.

Answer from the numbers: `reduced` makes and uses no tensors or arrays.
"""

import torch


def reduced(
    shape: tuple[int, ...], dim: int | tuple[int, ...] | None, keepdim: bool
) -> tuple[int, ...]:
    """Predict the shape of torch.zeros(shape).sum(dim, keepdim=keepdim).

    Args:
        shape: any number of sides, none included. A side can be 0 or 1.
        dim: a dimension from -len(shape) to len(shape) - 1, or a tuple of one or more different
            ones, or None, which stands for all. It is None where shape is ().
        keepdim: whether reduced dimensions stay with length 1.

    Returns:
        A tuple of ints.

    >>> reduced((4, 2, 3), 1, keepdim=False)
    (4, 3)
    >>> reduced((4, 2, 3), (0, -1), keepdim=True)
    (1, 2, 1)
    >>> torch.zeros(4, 2, 3).sum((0, -1), keepdim=True).shape
    torch.Size([1, 2, 1])
    """
    count = len(shape)
    dims = range(count) if dim is None else (dim,) if isinstance(dim, int) else dim
    gone = {each % count for each in dims}
    if keepdim:
        return tuple(1 if place in gone else side for place, side in enumerate(shape))
    return tuple(side for place, side in enumerate(shape) if place not in gone)


HINTS = (
    "Bring the three kinds of dim to one first: a collection of positions. What does None stand "
    "for, and what a single number?",
    "A negative position counts from the end. Make all of them count from the start before you "
    "compare: % helps.",
    "Build the result in one walk over the shape, with enumerate. Nothing is removed while you "
    "walk, so no position shifts.",
)

TAKE_ALONG = (
    "A reduction drops the dimensions that dim names; keepdim leaves them with length 1, so that "
    "the result still broadcasts against x."
)
