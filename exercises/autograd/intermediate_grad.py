"""The gradient at an intermediate value.

A loss L = g(h) depends on x by way of h = f(x). Backward computes the gradient at h on its way to
x, and then forgets it: only leaves keep theirs.

    forward     x ──f──▶ h ──g──▶ L
    backward    x ◀───── h ◀───── L
                │        │
              ∂L/∂x    ∂L/∂h

"Gradients are on leaves only" is therefore half true: `retain_grad()` asks any tensor of the graph
to keep its own, and `torch.autograd.grad` gives the gradient at any of them. "Backward runs only
once" is half true as well. It frees what was saved: for x ** 2, a second pass finds nothing and
raises, and for x + 2, where nothing is saved, it runs again. `retain_graph=True` keeps it.

Write `through`, which gives both gradients. What must hold:

- Both belong to one forward pass: f and g are called once each, in this order, as f may be random
  (dropout) or slow.
- x can have any shape, 0-dim and zero-size included, and h can have another one. f may return x
  itself, or a view of it.
- The caller's x is left as it was. x can require grad or not, and x.grad can hold something
  already or be None: neither changes.
- f and g may use other tensors that require grad, such as weights: whether their .grad is written
  is up to you.
- Both results are plain values, cut off from any graph: neither requires grad.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def through(
    f: Callable[[Tensor], Tensor], g: Callable[[Tensor], Tensor], x: Tensor
) -> tuple[Tensor, Tensor]:
    """Compute the gradients of L = g(f(x)) at x and at f(x).

    Args:
        f: takes a tensor and returns a tensor that depends on it, of any shape.
        g: takes f(x) and returns the 0-dim loss L, which depends on it. Neither f nor g writes to
            what it is given.
        x: float32 or float64, any shape.

    Returns:
        ∂L/∂x with the shape of x, and ∂L/∂f(x) with the shape of f(x).

    >>> through(lambda x: x * x, lambda h: 3 * h.sum(), torch.tensor([1.0, 2.0]))
    (tensor([ 6., 12.]), tensor([3., 3.]))
    """
    raise NotImplementedError
