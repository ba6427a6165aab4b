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
    y = x.view_as(x)
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient * s)
    return y


HINTS = (
    "What a tensor hook returns takes the gradient's place. On which tensor can it be, so that "
    "only a part of the gradient of x is changed?",
    "A hook on x sees the sum over all uses of x. Make another tensor of the same values, by an "
    "operation that autograd records, and listen there.",
    "register_hook raises where a tensor does not require grad. When is that so?",
    "gradient.mul_(s) writes to a tensor that others hold as well. gradient * s is a new one.",
)

TAKE_ALONG = (
    "A hook on a tensor sees the sum of the gradients of all its uses. To change that of one use, "
    "give this use a tensor of its own, and return a new gradient."
)

APPROACH = (
    "view_as makes a tensor with an edge of its own in the graph, and copies nothing. The values "
    "are exact, which s * x + (x - s * x).detach() does not give: it rounds, and makes NaN of an "
    "infinity."
)
