"""Mend an assignment that changes nothing.

`x[rows]` with a mask or a tensor of row numbers is advanced indexing: it picks any rows in any
order, and no view can show that. It is a copy. What is then assigned to the copy is lost with it.

    x[rows][:, col] = 0
    ───────             a new tensor: the rows, copied
           ──────────── writes to the new tensor, which nobody keeps

An assignment `x[…] = 0` with a single pair of brackets reads nothing: it writes to x itself.

Mend `zero_cells_`. It writes to x in place, where x itself lies, so that x._version rises as it
does at every such write. Where no row is named there is nothing to write. All of torch is allowed.
"""

import torch
from torch import Tensor


def zero_cells_(x: Tensor, rows: Tensor, col: int) -> None:
    """Set one column to 0 in some rows of a matrix, in place.

    Args:
        x: any float or integer dtype, shape (n, m), m at least 1; any layout but an expanded one.
            It does not require grad. It may hold NaN and infinities.
        rows: on x's device. Either a bool tensor of shape (n,), True for the rows that are meant,
            or an int64 tensor of shape (k,) with row numbers from 0 to n - 1, in any order, of
            which some may come twice. There may be no row at all.
        col: the number of the column, from 0 to m - 1.

    Returns:
        None. x is changed at these cells and nowhere else, and rows is left as it was.

    >>> x = torch.tensor([[1, 2], [3, 4], [5, 6]])
    >>> zero_cells_(x, torch.tensor([True, False, True]), 1)
    >>> x
    tensor([[1, 0],
            [3, 4],
            [5, 0]])
    >>> zero_cells_(x, torch.tensor([1, 1]), 0)
    >>> x
    tensor([[1, 0],
            [0, 4],
            [5, 0]])
    """
    x[rows][:, col] = 0
