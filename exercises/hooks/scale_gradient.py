"""Scale a gradient, not a value.

A branch of a model may be meant to learn slowly, not at all, or against what the rest learns. Then
the values go on as they are, and the gradient is multiplied by a number on its way back:

    forward     x ──────── the same values ────────▶ y ──▶ loss
    backward    x ◀── s * gradient ── [times s] ◀── y ◀── loss
                x ◀── gradient of each other use of x, as it is

Write `scale_grad`.

- The result has exactly the values of x, infinities and NaN included, and requires grad where x
  does. An x that does not, or a call under `torch.no_grad()`, is no mistake: the values come back.
- The gradient that arrives at the result goes on to x multiplied by s. That holds in each backward
  pass, and for s = 0 too: then the gradient is 0, and is not missing. (What is infinite or NaN
  in it gives NaN then, as 0 · inf does.)
- Only what went through the result is scaled. Where x is used elsewhere too, before or after, that
  part of its gradient stays as it is, and so does the gradient of any other tensor: one gradient
  tensor is often handed to several inputs of an operation, so don't write to it.
- Under `create_graph=True` the scaled gradient has a graph, for second derivatives.

The result may share memory with x, or have its own.
"""

import torch
from torch import Tensor


def scale_grad(x: Tensor, s: float) -> Tensor:
    """Pass x on, with s times the gradient on the way back.

    Args:
        x: floating, any shape, leaf or not.
        s: any finite number. 0 stops the gradient, a number below 0 turns it around.

    Returns:
        A tensor with the values, shape, dtype and device of x, other than x itself.

    >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> y = scale_grad(x, 0.5)
    >>> y.detach()
    tensor([1., 2.])
    >>> (3 * y + 10 * x).sum().backward()
    >>> x.grad
    tensor([11.5000, 11.5000])
    """
    raise NotImplementedError
