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
        self._kept: tuple[Tensor, Tensor] | None = None

    def fit(self, x: Tensor) -> "Standardizer":
        """Compute and keep mean and standard deviation of each column.

        Args:
            x: float32 or float64, shape (n, features), n and features at least 1.

        Returns:
            The object itself, so that a call of `transform` can follow.

        Raises:
            ValueError: x has no row. What was kept before stays.
        """
        if not len(x):
            raise ValueError(f"at least one row is needed, and x has shape {tuple(x.shape)}")
        x = x.detach()
        constant = (x == x[0]).all(0)
        mean = x.mean(0)
        std = torch.where(constant, 1, x.std(0, correction=0))
        self._kept = mean, std
        return self

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
        if self._kept is None:
            raise RuntimeError("call fit before transform: there is no mean yet")
        mean, std = self._kept
        if x.shape[1] != len(mean):
            raise ValueError(f"{len(mean)} features were fitted, and x has shape {tuple(x.shape)}")
        return (x - mean) / std


HINTS = (
    "Which of the two methods may look at the values of x to find a mean? And where does it leave "
    "the mean for the other one?",
    "The rows are dimension 0, and what is kept has one number for each column. std takes "
    "correction=0.",
    "(x == x[0]).all(0) says which columns are constant. torch.where puts a 1 in place of their "
    "deviation.",
    "Before you subtract: was anything fitted, and are there as many columns? One column would "
    "broadcast against any number of them.",
)

TAKE_ALONG = (
    "Statistics come from the training set and are used everywhere. Who fits again on the test set "
    "measures another model than the one that was trained."
)
