"""Second derivatives: backward through backward.

Backward is made of operations too. With `create_graph=True` they are recorded: the gradient then
has a graph of its own, and can be differentiated again.

    x ──f──▶ y ──backward──▶ dy/dx ──backward──▶ d²y/dx²
             create_graph=True ┘

For a loss of many numbers the second derivatives are a matrix, the Hessian H, with a row and a
column for each element of x. With a million parameters nobody can store it. But H v, the product
with one vector, costs no more than two passes: it is the gradient of the number ∇f(x) · v.

             x_0  x_1
    H =  x_0 [  2    1  ]      v = (1, 10)      H v = (12, 61)
         x_1 [  1    6  ]

Write `second_derivative` and `hvp`. What must hold for both:

- x can have any shape, 0-dim and zero-size included.
- f may be linear, or ignore x altogether: the result is 0 then, though autograd has no graph to go
  back through.
- The caller's x is left as it was. x can require grad or not, and x.grad can hold something
  already or be None: neither changes.
- f may use other tensors that require grad, such as weights: whether their .grad is written is
  up to you.
- The result is a plain value, cut off from any graph: it does not require grad.

`hvp` must not build H: the number of torch operations must not grow with the number of elements of
x, and no tensor may have as many elements as H. All of torch is allowed, its own functions too.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def second_derivative(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Compute the second derivative of f at each element of x.

    Args:
        f: works on each element alone, as torch.sin does: takes a tensor and returns one of the
            same shape, dtype and device. It does not write to what it is given.
        x: float32 or float64, any shape.

    Returns:
        The second derivatives, with the shape, dtype and device of x.

    >>> second_derivative(lambda x: x**3, torch.tensor([1.0, 2.0]))
    tensor([ 6., 12.])
    """
    leaf = x.detach().requires_grad_()
    return _gradient(_gradient(f(leaf), leaf), leaf).detach()


def hvp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> Tensor:
    """Multiply the Hessian of f at x with v.

    Args:
        f: takes a tensor and returns a 0-dim loss, with the dtype and device of x. It does not
            write to what it is given.
        x: float32 or float64, any shape.
        v: the shape, dtype and device of x.

    Returns:
        H v, with the shape, dtype and device of x.

    >>> f = lambda x: x[0] ** 2 + x[0] * x[1] + 3 * x[1] ** 2
    >>> hvp(f, torch.tensor([5.0, 7.0]), torch.tensor([1.0, 10.0]))
    tensor([12., 61.])
    """
    leaf = x.detach().requires_grad_()
    return _gradient(_gradient(f(leaf), leaf) * v, leaf).detach()


def _gradient(y: Tensor, x: Tensor) -> Tensor:
    """The gradient of the sum of y at x, as part of the graph; 0 where y ignores x."""
    if not y.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(y.sum(), x, create_graph=True, materialize_grads=True)[0]


HINTS = (
    "Compute the first derivative with torch.autograd.grad. Does it require grad? Which argument "
    "makes it part of a graph?",
    "Each element of f(x) depends on its own element of x alone, so the gradient of the sum holds "
    "all first derivatives. The same works once more.",
    "hvp: multiply the gradient with v and sum. The gradient of that number is H v, since v is a "
    "constant.",
    "A first derivative that is constant has no graph. Write a helper that looks at requires_grad "
    "first and gives zeros, and use it for both passes. materialize_grads=True gives zeros for an "
    "x that is not used.",
)

TAKE_ALONG = (
    "create_graph=True records the backward pass, so that gradients can be differentiated. "
    "H v is the gradient of (gradient · v), and never needs H."
)

APPROACH = (
    "One helper gives a gradient that is part of a graph, or zeros where there is none. Both "
    "functions use it twice, and detach at the end."
)
