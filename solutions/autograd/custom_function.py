"""An operation with a backward of its own.

autograd.Function joins two functions that you write: forward computes the values, with nothing
recorded, and backward turns the gradient at the result into the gradients at the inputs.

    forward     x, limit ──▶ y
    backward    grad_output · dy/dx, None ◀── grad_output

The function here clips softly: y = limit · tanh(x / limit). Near 0 it is nearly x, and far out it
comes close to -limit or limit. Its derivative is 1 - tanh²(x / limit), that is 1 - (y / limit)².

Write `SoftClip`. It is used as `SoftClip.apply(x, limit)`, never by calling forward. What must
hold:

- x keeps its values, and y has memory of its own. An infinite x gives -limit or limit; NaN gives
  NaN.
- backward is given the gradient at y, and returns a gradient for each input of forward. limit is a
  number, and has none: that is None.
- It can be differentiated twice. Under create_graph=True backward is recorded, from grad_output and
  the tensors that `ctx.save_for_backward` has kept: inputs and results of forward. Anything else
  that forward has computed comes without a graph.
- No wrong gradient, ever: where x or y is written to before backward, the gradient is still right,
  or a RuntimeError is raised. save_for_backward sees to that. A tensor kept as an attribute of ctx
  is not watched.
"""

from typing import Any

import torch
from torch import Tensor


class SoftClip(torch.autograd.Function):
    """limit · tanh(x / limit), with its own backward.

    >>> x = torch.tensor([0.0, 1.0, 50.0], requires_grad=True)
    >>> y = SoftClip.apply(x, 2.0)
    >>> y.detach()
    tensor([0.0000, 0.9242, 2.0000])
    >>> y.backward(torch.tensor([10.0, 10.0, 10.0]))
    >>> x.grad
    tensor([10.0000,  7.8645,  0.0000])
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, limit: float) -> Tensor:
        """Compute y, and keep what backward needs.

        Args:
            ctx: takes what backward needs. `ctx.save_for_backward(...)` is for tensors; a number
                can be an attribute.
            x: float32 or float64, any shape.
            limit: a positive number.

        Returns:
            A tensor with the shape, dtype and device of x.
        """
        y = limit * torch.tanh(x / limit)
        ctx.save_for_backward(y)
        ctx.limit = limit
        return y

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> tuple[Tensor, None]:
        """Compute the gradients at the inputs of forward.

        Args:
            ctx: holds what forward has kept; the tensors are in `ctx.saved_tensors`.
            grad_output: the gradient at y, with the shape of y.

        Returns:
            The gradient at x, and None for limit.
        """
        (y,) = ctx.saved_tensors
        return grad_output * (1 - (y / ctx.limit) ** 2), None


HINTS = (
    "forward computes with plain torch operations. From which tensor can the derivative be "
    "computed, and how does backward get at it?",
    "The chain rule: what goes back is the gradient that arrives, times the derivative. backward "
    "returns as many values as forward has inputs after ctx.",
    "ctx.save_for_backward(y) in forward and (y,) = ctx.saved_tensors in backward. Compute the "
    "derivative in backward, not in forward: only there it can be recorded.",
)

TAKE_ALONG = (
    "backward multiplies what arrives with the derivative. Keep inputs and results with "
    "save_for_backward, so that writes to them are noticed and second derivatives are right."
)

APPROACH = (
    "It keeps the result instead of x: the derivative follows from it, and tanh is not computed "
    "twice."
)
