"""Minimize a function by gradient descent.

Start somewhere, and go downhill again and again:

    x_0 = x0        x_{k+1} = x_k - lr * f'(x_k)        result: x_steps

With f(x) = x² the gradient is 2x. From 4, with lr = 0.25, each step halves x:

    steps     0     1     2     3
    result    4     2     1     0.5

Two things go wrong in the loop. backward() adds to .grad, so the second step would use the sum of
two gradients. And x = x - lr * x.grad gives the name x to a new tensor: made under no_grad it does
not require grad, and made outside it is not a leaf and has no .grad.

Write `minimize`:

- f may be slow: it is called `steps` times, once for each gradient, and for nothing else. That
  number is exact: there is no early end, even where the gradient is 0.
- The result is new: it does not require grad, and its memory is its own, even for steps=0. Nobody
  who writes to it changes x0.
- x0 is left as it was: its values, its .grad and whether it requires grad. It may require grad or
  not, and .grad may hold something already. Whether the .grad of other tensors that f uses is
  written is up to you.

All of torch is allowed.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def minimize(f: Callable[[Tensor], Tensor], x0: Tensor, lr: float, steps: int) -> Tensor:
    """Take a number of gradient descent steps.

    Args:
        f: takes a tensor like x0 and returns a 0-dim tensor, which depends on it. It does not write
            to what it is given.
        x0: where to start: float32 or float64, any shape.
        lr: the learning rate, a positive number.
        steps: how many steps to take, 0 or more.

    Returns:
        Where the last step ends, with the shape, dtype and device of x0.

    >>> minimize(lambda x: (x * x).sum(), torch.tensor([4.0, -8.0]), lr=0.25, steps=2)
    tensor([ 1., -2.])
    >>> minimize(lambda x: (x * x).sum(), torch.tensor([4.0, -8.0]), lr=0.25, steps=0)
    tensor([ 4., -8.])
    """
    raise NotImplementedError
