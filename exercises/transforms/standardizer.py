"""Standardize a table by what the training set says.

Age in years and income in euros can't be compared. So each column is shifted to a
mean of 0 and divided by its standard deviation, both of them over the rows. They
are computed once, from the training set, and kept:

    training    [1, 10]      mean [2, 20], std [1, 10]      [-1, -1]
                [3, 30]                                      [ 1,  1]
    test        [5, 20]      the same mean and std           [ 3,  0]

The test set is not standardized by its own numbers. A model that has learned what
a 3 means would get another 3, a single row would always come out as 0, and a set
that has drifted away would look as if it hadn't.

Write the class `Standardizer`.

- `fit` computes and keeps; `transform` only uses what was kept. Fitting again
  forgets the fit before.
- The standard deviation is that of the rows themselves, √(Σ (x - mean)² / n), not
  an estimate with n - 1. So one row is enough.
- A column whose values are all equal has no deviation: it is shifted, and not
  divided. Its values in the training set become 0, or what the rounding of their
  mean leaves. Look out: the mean of three times 0.1 need not be exactly 0.1, so
  that the deviation comes out as a tiny number and not as 0, and whatever is
  divided by it is nonsense. Ask the values whether they are equal.
- What is kept does not change with x: the caller may write to it afterwards. Neither
  method changes x, and results have memory of their own.
- It can be pickled, to be kept beside a model that was trained on its tables.

All of torch is allowed.
"""

import torch
from torch import Tensor


class Standardizer:
    """Columns with a mean of 0 and a standard deviation of 1.

    >>> train = torch.tensor([[1.0, 10.0], [3.0, 30.0]])
    >>> standardizer = Standardizer().fit(train)
    >>> standardizer.transform(train)
    tensor([[-1., -1.],
            [ 1.,  1.]])
    >>> standardizer.transform(torch.tensor([[5.0, 20.0]]))
    tensor([[3., 0.]])
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def fit(self, x: Tensor) -> "Standardizer":
        """Compute and keep mean and standard deviation of each column.

        Args:
            x: float32 or float64, shape (n, features), n and features at least 1.

        Returns:
            The object itself, so that a call of `transform` can follow.

        Raises:
            ValueError: x has no row. What was kept before stays.
        """
        raise NotImplementedError

    def transform(self, x: Tensor) -> Tensor:
        """Subtract the mean that was kept, and divide by the deviation.

        Args:
            x: the dtype and device of what was fitted, shape (n, features), with
                as many features. n may be 0.

        Returns:
            A tensor like x. It is part of the graph where x requires grad; no
            gradient goes into what was fitted.

        Raises:
            RuntimeError: nothing was fitted yet.
            ValueError: x has another number of features.
        """
        raise NotImplementedError
