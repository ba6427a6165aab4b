"""The Jacobian, one row at a time.

Where y = f(x), the Jacobian J holds the derivative of each element of y by each element of x.
Backward gives vᵀJ for one vector v. With a basis vector for v, which is 1 in one place and 0
elsewhere, that is a single row of J. So J takes one backward for each element of y:

              x_0  x_1
        y_0 [  1    2  ]
    J = y_1 [  3    4  ]        (0, 1, 0) J = (3, 4)
        y_2 [  5    6  ]

J has the shape of y followed by the shape of x: J[i, j, k] is dy_ij / dx_k for a y with two
dimensions and an x with one.

Write `jacobian`. All of torch is allowed, `torch.autograd.functional.jacobian` too, but try it with
`backward` or `torch.autograd.grad` first. What must hold:

- x and y can have any shape, 0-dim and zero-size included; torch's own functions give up where y
  has no elements. J need not be square.
- Each row stands for itself: it holds nothing of the rows before it.
- f may return x itself, or a view of it. f may also ignore x, or use it in a way that autograd
  does not follow (a comparison, a detach): J is 0 then. It is 0 too where f(x) requires grad by way
  of another tensor alone.
- The caller's x is left as it was. x can require grad or not, and x.grad can hold something
  already or be None: neither changes.
- f may use other tensors that require grad, such as weights: whether their .grad is written is
  up to you.
- The result is a plain value, cut off from any graph: it does not require grad.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def jacobian(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Compute the derivative of every element of f(x) by every element of x.

    Args:
        f: takes a tensor and returns a tensor of any shape, with the dtype and device of x. It does
            not write to what it is given.
        x: float32 or float64, any shape.

    Returns:
        A tensor of shape (*f(x).shape, *x.shape) with the dtype and device of x.

    >>> jacobian(lambda x: x * x, torch.tensor([1.0, 2.0]))
    tensor([[2., 0.],
            [0., 4.]])
    >>> matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    >>> jacobian(lambda x: matrix @ x, torch.zeros(2))
    tensor([[1., 2.],
            [3., 4.],
            [5., 6.]])
    >>> jacobian(torch.sum, torch.zeros(2))
    tensor([1., 1.])
    """
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    count = y.numel()
    rows = torch.zeros((count, *x.shape), dtype=x.dtype, device=x.device)
    if y.requires_grad:
        basis = torch.eye(count, dtype=y.dtype, device=y.device).view(count, *y.shape)
        for row, v in zip(rows, basis, strict=True):
            row.copy_(torch.autograd.grad(y, leaf, v, retain_graph=True, materialize_grads=True)[0])
    return rows.view(y.shape + x.shape)


HINTS = (
    "How many backward passes do you need, and from which tensor does each begin? Write down the "
    "vector v of each for a y of three elements.",
    "A pass frees what the graph has saved, unless you ask it to keep that: look at the arguments "
    "of backward and torch.autograd.grad.",
    "backward() adds to .grad, and .grad is one tensor. torch.autograd.grad returns a new tensor "
    "for each row, and nothing needs clearing.",
    "Make zeros of shape (number of elements of y, *x.shape), write one row for each row of "
    "torch.eye, and give the result its shape at the end. Where y does not require grad, the zeros "
    "are the answer.",
)

TAKE_ALONG = (
    "Backward gives one row of the Jacobian for one pass, so a whole Jacobian costs as many passes "
    "as y has elements. retain_graph=True keeps the graph for the next pass."
)

APPROACH = (
    "It begins with zeros of the right shape, dtype and device and fills in rows. So a y without "
    "elements, or one that ignores x, is no special case for a stack."
)
