"""Select one value per row with gather.

A value network scores every action of every state, and the loss wants only the scores of the
actions that were taken: Q(s, a). `gather` reads the columns that an index tensor names:

    x (3 rows, 4 columns)    index    result
    10  11  12  13           2        12
    20  21  22  23           0        20
    30  31  32  33           2        32
                   the index names one column in each row: dim is the last one

`x[:, index]` is something else. It reads all three columns from all three rows: 9 values.

Write `select`. It has the rules of a plain lookup:

- The batch, which is every dimension before the last, can have any number of dimensions: none,
  where x is one row and index is 0-dim, or several. Its sides can have length 1 or 0.
- The columns that are not selected have no influence. An illegal action can score -inf, and a
  NaN beside the selected value must not leak into the result.
- The gradient reaches x at the selected places, and is 0 everywhere else.

Do it for all rows at once: the number of torch operations must not grow with the number of rows
or columns. Not allowed: `tolist` and numpy. Everything else is, `torch.take_along_dim` too.
"""

import torch
from torch import Tensor


def select(x: Tensor, index: Tensor) -> Tensor:
    """Read one value from each row of x.

    Args:
        x: any dtype, shape (..., C). C is at least 1.
        index: int64, shape (...), the shape of x without its last dimension. Values from 0 to
            C - 1. Several rows can name the same column.

    Returns:
        A tensor of shape (...) with the dtype and on the device of `x`. It is part of the
        autograd graph where x requires grad. `x` and `index` are left as they were.

    >>> scores = torch.tensor([[10, 11, 12, 13], [20, 21, 22, 23], [30, 31, 32, 33]])
    >>> select(scores, torch.tensor([2, 0, 2]))
    tensor([12, 20, 32])
    >>> select(torch.tensor([0.5, 1.5]), torch.tensor(1))
    tensor(1.5000)
    """
    return torch.gather(x, -1, index.unsqueeze(-1)).squeeze(-1)


HINTS = (
    "gather(dim, index) gives a result of the index's shape. How many dimensions must the index "
    "have, next to those of x?",
    "The index names columns, so dim is the last one. Give the index a last dimension of length 1, "
    "and gather reads one column from each row.",
    "What gather returns has that dimension of length 1 too. Remove it, and only it: a batch of "
    "one row must stay a batch.",
)

TAKE_ALONG = (
    "gather reads where the index names, in every row its own column; x[:, index] reads the same "
    "columns from every row. The index of gather has as many dimensions as x."
)

APPROACH = (
    "It gathers along the last dimension, whatever comes before. Advanced indexing needs an arange "
    "for each of the other dimensions."
)
