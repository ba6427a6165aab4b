"""Softmax that doesn't overflow.

Softmax turns scores into probabilities: exp of each score, divided by the sum of all exps along a
dimension. Computed like that it fails soon: exp(100) is infinite in float32, exp(-110) is 0, and
inf / inf and 0 / 0 are NaN.

    x               1000   1001   1002
    exp(x)           inf    inf    inf        inf / inf: NaN
    x - 1002          -2     -1      0
    exp of that     0.14   0.37   1.00        / 1.50:  0.09  0.24  0.67

Softmax doesn't change when the same number is added to all scores of a row: it cancels out. So a
row may be shifted to where exp is harmless.

The logarithm of a probability can be large where the probability itself rounds to 0: then it can't
be had from it any more. log_softmax, which losses use, has to find it in another way.

Write `softmax` and `log_softmax`. Both

- are right for scores of -10,000 to 10,000, next to each other and in different rows;
- take a score of -inf, as of a move that is not allowed, for a probability of 0, whose logarithm
  is -inf. At least one score in a row is finite;
- have the right gradient.

Not allowed: torch's own `softmax`, `log_softmax` and `softmin`, as functions, methods or modules.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int) -> Tensor:
    """Turn scores into probabilities along a dimension.

    Args:
        x: float32 or float64, at least one dimension, in any layout. Its side dim is at least 1;
            the others can be 0. No NaN, no +inf.
        dim: from -x.dim() to x.dim() - 1.

    Returns:
        A tensor like x, part of the autograd graph where x requires grad. Its sums along dim
        are 1.

    >>> softmax(torch.tensor([1000.0, 1001.0, 1002.0]), 0)
    tensor([0.0900, 0.2447, 0.6652])
    """
    raise NotImplementedError


def log_softmax(x: Tensor, dim: int) -> Tensor:
    """Compute the logarithms of softmax's probabilities.

    Args:
        x: as for softmax.
        dim: from -x.dim() to x.dim() - 1.

    Returns:
        A tensor like x, part of the autograd graph where x requires grad.

    >>> log_softmax(torch.tensor([0.0, 1000.0]), 0)
    tensor([-1000.,     0.])
    """
    raise NotImplementedError
