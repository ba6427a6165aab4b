"""Gather, written by hand.

`gather` reads one value of x for each place of an index tensor. Along dim the index names the
place to read from; along every other dimension a value stays where it is. For two dimensions:

    dim 0:   result[i, j] = x[index[i, j], j]
    dim 1:   result[i, j] = x[i, index[i, j]]

    x (2 rows, 3 columns)    index, dim 1        result
    10  11  12               2  2  0  1          12  12  10  11
    20  21  22
                  the index has one row: the second row of x is not read

Write `gather` for any number of dimensions. It agrees with `torch.gather`:

- The result has the shape of the index. Along dim the index can be longer or shorter than x.
  Along the others it can be shorter: what lies beyond in x is not read.
- dim can be negative, as everywhere in torch. Sides can have length 0.
- Values that are not named have no influence: a NaN beside them must not leak into the result.
- The gradient is added up at the places that were read, and is 0 everywhere else.

Work on all places at once: the number of torch operations may grow with the number of dimensions,
but not with their lengths. Not allowed: `torch.gather` and `torch.take_along_dim`, however they
are reached, and taking values out of torch, by `tolist` or numpy.
"""

import torch
from torch import Tensor


def gather(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Read values along a dimension of x, each from the place that the index names.

    Args:
        x: any dtype, at least one dimension.
        dim: the dimension that the index names places of; from -x.dim() to x.dim() - 1.
        index: int64, as many dimensions as x; no longer than x along any dimension but dim. Values
            from 0 to x.shape[dim] - 1, each any number of times.

    Returns:
        A tensor of the index's shape with the dtype and on the device of `x`. It is part of the
        autograd graph where x requires grad. `x` and `index` are left as they were.

    >>> x = torch.tensor([[10, 11, 12], [20, 21, 22]])
    >>> gather(x, 1, torch.tensor([[2, 2, 0, 1]]))
    tensor([[12, 12, 10, 11]])
    >>> gather(x, 0, torch.tensor([[1, 0, 1]]))
    tensor([[20, 11, 22]])
    """
    sides = [torch.arange(length, device=x.device) for length in index.shape]
    places = list(torch.meshgrid(sides, indexing="ij"))
    places[dim] = index
    return x[tuple(places)]


HINTS = (
    "x[rows, columns] with two index tensors of one shape reads x[rows[i, j], columns[i, j]] for "
    "each i, j. Which tensor of rows leaves every value in its own row?",
    "Each dimension needs an index tensor. For all but one it just counts: torch.arange, shaped so "
    "that it counts along its own dimension. Up to whose lengths, x's or the index's?",
    "torch.meshgrid(…, indexing='ij') makes the counting tensors of all dimensions at once. One of "
    "them is to be replaced. A list takes a negative position just as torch takes a negative dim.",
)

TAKE_ALONG = (
    "gather is advanced indexing with a counting index for every dimension but one. "
    "The result of either has the shape of the index tensors, whatever the shape of x."
)

APPROACH = (
    "It indexes with one tensor for each dimension. Computing places in the flattened x works too, "
    "but needs the step of each dimension, and x.stride() isn't it where x is not contiguous."
)
