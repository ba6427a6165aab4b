"""Dropout.

A network that may lean on a single number will do so. Dropout takes numbers away at random while
the network is trained, each with probability p, so that none can be relied on:

    x                 1.0   2.0   3.0   4.0   5.0   6.0
    dropped?           ·     ×     ·     ×     ×     ·        p = 0.5, each by itself
    result            2.0   0.0   6.0   0.0   0.0  12.0       kept values: divided by 1 - p

The division keeps the mean: of n values about n · (1 - p) are left, each 1 / (1 - p) times as
large. So there is nothing to do in evaluation, where x goes through as it is. (The first paper
scaled in evaluation instead. Common notes mix the two, and scale twice or not at all.)

Write `dropout`.

- With `training=True` each element becomes 0 with probability p, independently of all others: a
  mask has the shape of x, and the number of dropped elements is random too. The others are divided
  by 1 - p. x itself is left as it was.
- With p = 0 nothing is dropped. With p = 1 everything is: the result is 0, and no NaN.
- With `training=False` the result has the values of x, whatever p, and may be x itself. Nothing
  random is drawn.
- The gradient of a dropped element is 0, of any other 1 / (1 - p).
- Where `generator` is given, everything random is drawn from it, and torch's global random state
  stays as it was. Each call goes on where the last one has stopped.

Not allowed: `F.dropout` and `nn.Dropout`, which calls it: they take no generator. The rest of
torch is.
"""

import torch
from torch import Tensor


def dropout(
    x: Tensor, p: float, training: bool, generator: torch.Generator | None = None
) -> Tensor:
    """Set elements to 0 at random, and scale the others up.

    Args:
        x: float32 or float64, finite, any shape and layout, on any device.
        p: the probability with which an element is dropped, from 0 to 1.
        training: whether anything is dropped at all.
        generator: the source of random numbers, on x's device; None is torch's global one.

    Returns:
        A tensor with the shape, dtype and device of x, part of the autograd graph where x requires
        grad.

    Raises:
        ValueError: p is below 0 or above 1; with `training=False` too.

    >>> x = torch.tensor([1.0, 2.0, 3.0])
    >>> dropout(x, p=0.5, training=False)
    tensor([1., 2., 3.])
    >>> dropout(x, p=0.0, training=True)
    tensor([1., 2., 3.])
    >>> dropout(x, p=1.0, training=True)
    tensor([0., 0., 0.])
    >>> sorted(set(dropout(torch.ones(1000), p=0.75, training=True).tolist()))
    [0.0, 4.0]
    """
    raise NotImplementedError
