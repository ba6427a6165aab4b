"""Undo a permutation.

Values are often put in another order for a while: sentences by length for packing, samples at
random. Afterwards each must go back to its place. A permutation p says where to read from:

    x                 a  b  c  d
    p                 2  0  3  1       the new first one is x[2]
    x.gather(-1, p)   c  a  d  b
    inverse of p      1  3  0  2       a went to place 1, b to 3, c to 0, d to 2

Shuffling by p once more does not bring the old order back: c a d b becomes d c b a. The inverse
says for each value where it went, and shuffling by it does.

Write `invert`, then `restore`. What must hold:

- The last dimension is permuted. Each row of p has a permutation of its own. There can be any
  number of dimensions before, also none, and any side can have length 0.
- `restore(x.gather(-1, p), p)` is x, and `restore(x, invert(p))` is `x.gather(-1, p)`.
- The gradient of each restored value goes back to the value of x that it was.

Work on all rows at once: the number of torch operations must not grow with the number of rows or
their length. Not allowed: taking values out of torch, by `tolist` or numpy.
"""

import torch
from torch import Tensor


def invert(p: Tensor) -> Tensor:
    """Invert each row of p.

    Args:
        p: int64, shape (..., N). Each row holds 0 to N - 1, each once.

    Returns:
        An int64 tensor of p's shape on the device of `p`: at place p[..., i] of a row stands i.
        `p` is left as it was.

    >>> invert(torch.tensor([2, 0, 3, 1]))
    tensor([1, 3, 0, 2])
    """
    places = torch.arange(p.shape[-1], device=p.device).expand_as(p)
    return torch.empty_like(p).scatter_(-1, p, places)


def restore(x: Tensor, p: Tensor) -> Tensor:
    """Undo the shuffle by p.

    Args:
        x: any dtype, the shape of p: what `original.gather(-1, p)` gave.
        p: as for `invert`.

    Returns:
        The original: a tensor with the shape and dtype and on the device of `x`. It is part of the
        autograd graph where x requires grad. `x` and `p` are left as they were.

    >>> p = torch.tensor([[2, 0, 3, 1], [1, 0, 2, 3]])
    >>> shuffled = torch.tensor([[10, 11, 12, 13], [20, 21, 22, 23]]).gather(-1, p)
    >>> shuffled
    tensor([[12, 10, 13, 11],
            [21, 20, 22, 23]])
    >>> restore(shuffled, p)
    tensor([[10, 11, 12, 13],
            [20, 21, 22, 23]])
    """
    return x.gather(-1, invert(p))


HINTS = (
    "The shuffle puts x[p[i]] at place i. To undo it, what stands at place i must go to place "
    "p[i]. gather reads from the places named; which operation writes to them?",
    "For the inverse, what is written are the places themselves: 0, 1, 2, … in every row. "
    "torch.arange gives one row, expand_as the shape of p.",
    "A permutation names every place once, so scatter_ along the last dimension fills a tensor "
    "like p completely. restore is then a gather by the inverse.",
)

TAKE_ALONG = (
    "Gathering by p is undone by scattering by p, or by gathering by the inverse of p. "
    "The inverse is p's argsort, or the places 0, 1, 2, … scattered by p."
)

APPROACH = (
    "p.argsort(-1) is the inverse too, in one short line; it sorts, where one scatter is enough."
)
