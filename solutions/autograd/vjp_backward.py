"""The vector-Jacobian product: what backward computes.

Where y = f(x), the Jacobian J has one row for each element of y, one column for each element of x,
and holds dy_i / dx_j. Backward never builds it. It takes a vector v with one weight for each
element of y, and gives the weighted sum of J's rows, in one pass from y back to x:

              x_0  x_1
        y_0 [  1    2  ]
    J = y_1 [  3    4  ]        v   = (1, 0, 10)
        y_2 [  5    6  ]        vᵀJ = 1·(1, 2) + 0·(3, 4) + 10·(5, 6) = (51, 62)

With v = 1 for a y of one element this is the gradient. A y of more elements has no gradient
until you say v. Old notes write `y.backward(grad_variables=v)`: there is no such argument, it is
called `gradient`. `torch.autograd.grad` has it as `grad_outputs`.

Write `vjp`. All of torch is allowed, `torch.autograd.functional.vjp` and `torch.func.vjp` too,
but try it with `backward` or `torch.autograd.grad` first. What must hold:

- x and y can have any shape, 0-dim and zero-size included. v has the shape of y, and the result
  that of x. J has a row and a column for each element, so it need not be square.
- f may return x itself, or a view of it. f may also ignore x, or use it in a way that autograd
  does not follow (a comparison, a detach): J is 0 then, and so is the result. It is 0 too where
  f(x) requires grad by way of another tensor alone.
- The caller's x is left as it was. x can require grad or not, and x.grad can hold something
  already or be None: neither changes.
- f may use other tensors that require grad, such as weights: whether their .grad is written is
  up to you.
- Both results are plain values, cut off from any graph: neither requires grad.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def vjp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """Evaluate f at x, and multiply a vector with its Jacobian there.

    Args:
        f: takes a tensor and returns a tensor of any shape. It does not write to what it is given.
        x: float32 or float64, any shape.
        v: the shape, dtype and device of f(x).

    Returns:
        f(x), and vᵀJ with the shape, dtype and device of x. Neither requires grad.

    >>> vjp(lambda x: x * x, torch.tensor([1.0, 2.0]), torch.tensor([1.0, 10.0]))
    (tensor([1., 4.]), tensor([ 2., 40.]))
    >>> matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    >>> value, product = vjp(lambda x: matrix @ x, torch.zeros(2), torch.tensor([1.0, 0.0, 10.0]))
    >>> product
    tensor([51., 62.])
    """
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return y, torch.zeros_like(x)
    # materialize_grads: y may require grad by way of other tensors, and still ignore the leaf.
    (product,) = torch.autograd.grad(y, leaf, grad_outputs=v, materialize_grads=True)
    return y.detach(), product


HINTS = (
    "Whose .requires_grad and .grad do you use? x is the caller's. What does x.detach() give, and "
    "what may you do with it?",
    "torch.autograd.grad(y, leaf, grad_outputs=v) returns the product and writes no .grad. "
    "y.backward(gradient=v) writes it to the .grad of a leaf, which may be one of your own.",
    "Where f ignores your leaf, y may not require grad at all: look at y.requires_grad first, and "
    "return zeros like x. It may also require grad by way of other tensors: torch.autograd.grad "
    "has allow_unused and materialize_grads for that.",
    "y is still tied to the graph when you return it. The method that you used on x helps again.",
)

TAKE_ALONG = (
    "backward(gradient=v) computes vᵀJ, one weight for each element of y. "
    "Calling y.sum().backward() is the case where every weight is 1."
)

APPROACH = (
    "It works on a leaf of its own and asks torch.autograd.grad, so there is no .grad to save, "
    'clear or put back, and materialize_grads turns "not used" into zeros.'
)
