"""Scatter, written by hand.

`scatter` is the opposite of `gather`: it writes where gather reads. The value of src at each place
of the index goes to the place in x that the index names along dim. Along every other dimension it
stays where it is. For two dimensions:

    dim 0:   result[index[i, j], j] = src[i, j]
    dim 1:   result[i, index[i, j]] = src[i, j]      everything else is x

    x            index, dim 1    src               result
    0  0  0      2  0            1  2  3           2  0  1
    0  0  0      1  2            4  5  6           0  4  5
                                 7  8  9
            the index has the shape (2, 2): 3, 6 and the last row of src are not read

Write `scatter` for any number of dimensions. It agrees with `torch.scatter`:

- Of src, only the corner of the index's shape is read. src can also be a number, which goes to
  every place that the index names.
- Along each dimension the index can be shorter than x. dim can be negative. Sides can have
  length 0.
- x is left as it was. The result is a new tensor: it shares no memory with x or src.
- The gradient of each result goes back to where its value came from: to x, or to src. (torch's own
  backward gives up where src is larger than the index.)

Work on all places at once: the number of torch operations may grow with the number of dimensions,
but not with their lengths. Not allowed: `torch.scatter`, `scatter_add`, `scatter_reduce` and
their forms in place, and taking values out of torch, by `tolist` or numpy.
"""

import torch
from torch import Tensor


def scatter(x: Tensor, dim: int, index: Tensor, src: Tensor | float) -> Tensor:
    """Copy x, with values of src written along a dimension to the places that the index names.

    Args:
        x: any dtype, at least one dimension.
        dim: the dimension that the index names places of; from -x.dim() to x.dim() - 1.
        index: int64, as many dimensions as x, and nowhere longer than x or src. Values from 0 to
            x.shape[dim] - 1, so that no two write to the same place.
        src: a tensor with as many dimensions as x and its dtype and device, or a number that x's
            dtype can hold.

    Returns:
        A tensor with the shape and dtype and on the device of `x`. It is part of the autograd
        graph where x or src requires grad. `x`, `index` and `src` are left as they were.

    >>> src = torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    >>> scatter(torch.zeros(2, 3, dtype=torch.int64), 1, torch.tensor([[2, 0], [1, 2]]), src)
    tensor([[2, 0, 1],
            [0, 4, 5]])
    >>> scatter(torch.zeros(4), 0, torch.tensor([3, 1]), 0.5)
    tensor([0.0000, 0.5000, 0.0000, 0.5000])
    """
    raise NotImplementedError
