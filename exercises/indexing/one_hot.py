"""One-hot encoding by scatter.

A classifier's loss often wants each label as a row of zeros with a single 1 in the label's
column. `scatter_` writes values to the columns that an index tensor names:

    labels       zeros (3 rows, 4 classes)      after the scatter
    [2]          0 0 0 0                        0 0 1 0
    [0]          0 0 0 0                        1 0 0 0
    [2]          0 0 0 0                        0 0 1 0
                       the index names columns: dim is the last one

A number to write goes by position, or as `value=`. The keyword `src=` wants a tensor.

Write `one_hot`. Do it for all labels at once: the number of torch operations must not grow with
the number of labels. Not allowed: `F.one_hot`, `torch.eye`, `==` and `!=` (`eq`,
`ne`), and taking the labels out of torch, by `tolist` or `numpy`.
"""

import torch
from torch import Tensor


def one_hot(labels: Tensor, num_classes: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Turn class ids into one-hot rows.

    Args:
        labels: int64, any shape, zero-size and 0-dim included. Values from 0 to num_classes - 1.
        num_classes: the length of each row, at least 1.
        dtype: the dtype of the result.

    Returns:
        A tensor of shape (*labels.shape, num_classes) on the device of `labels`.
        It does not require grad. It is new at each call, and the caller may write to it.
        `labels` is left as it was.

    >>> one_hot(torch.tensor([2, 0]), 3)
    tensor([[0., 0., 1.],
            [1., 0., 0.]])
    >>> one_hot(torch.tensor(1), 2, dtype=torch.int64)
    tensor([0, 1])
    """
    raise NotImplementedError
