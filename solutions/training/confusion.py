"""Count what was taken for what.

An accuracy of 0.6 says how often a classifier errs, not how. The confusion matrix
says it: one row for each true class, one column for each predicted one, and in
each cell the number of samples.

    y     0  0  1  1  2               predicted    0  1  2
    pred  0  2  1  1  1
                                 true    0         1  0  1
                                         1         0  2  0
                                         2         0  1  0

The second sample is of class 0 and was taken for class 2: row 0, column 2. Samples
that were predicted right lie on the diagonal, so that its sum, divided by the number
of samples, is the accuracy: 3 / 5. A row adds up to the number of samples of its
class.

`m[y, pred] += 1` looks as if it did that. It reads all cells, adds 1 to each, and
writes them back: a cell that is named twice is written twice, with the same 1.

Write `confusion`. It counts all samples at once: the number of torch operations must
not grow with the number of samples or of classes. Not allowed: `tolist`, numpy and
sparse tensors.
"""

import torch
from torch import Tensor


def confusion(pred: Tensor, y: Tensor, n: int) -> Tensor:
    """Count the samples of each true class by the class that was predicted.

    Args:
        pred: the predicted classes, int64 of any shape: (N,) for samples, (N, H, W)
            for the pixels of images. There may be none.
        y: the true classes, int64, in the same shape and on the same device.
        n: the number of classes, at least 1. Both hold values from 0 to n - 1; a
            class need not occur.

    Returns:
        An int64 tensor of shape (n, n) on that device: in row i and column j the
        number of samples of class i that were taken for class j. pred and y are left
        as they were.

    Raises:
        ValueError: pred and y have different shapes, though they might broadcast.

    >>> y = torch.tensor([0, 0, 1, 1, 2])
    >>> confusion(torch.tensor([0, 2, 1, 1, 1]), y, n=3)
    tensor([[1, 0, 1],
            [0, 2, 0],
            [0, 1, 0]])
    >>> confusion(torch.tensor([[0, 1]]), torch.tensor([[1, 1]]), n=2)
    tensor([[0, 0],
            [1, 1]])
    """
    if pred.shape != y.shape:
        raise ValueError(f"pred has shape {tuple(pred.shape)}, and y has {tuple(y.shape)}")
    cells = (y * n + pred).flatten()
    return torch.bincount(cells, minlength=n * n).view(n, n)


HINTS = (
    "Each sample belongs to one of n · n cells. Give the cells numbers, row by row: which number "
    "has row i and column j?",
    "Now it is counting how often each number occurs. torch.bincount counts, scatter_add_ and "
    "index_put_ with accumulate=True add up.",
    "bincount takes one dimension, and stops at the largest number that occurs. minlength= makes "
    "it go on, so that the counts always fill n rows of n.",
)

TAKE_ALONG = (
    "Rows are true classes, columns predicted ones; the diagonal's sum over all is the accuracy. "
    "An assignment with += counts an index once, however often it occurs: use what accumulates."
)
