"""Stop a gradient where you want it.

detach() gives a tensor's values without its graph: for the forward pass it changes nothing, for the
backward pass the tensor becomes a constant. Two places where that is just what is needed:

**Rounding.** `torch.round` is a staircase. Its result requires grad, but the gradient is 0
everywhere, so nothing can be learned through it. The straight-through estimator uses the staircase
forward, and backward pretends that it was the identity:

    forward     x = 0.3, 1.7        ──▶   0, 2
    backward    gradient 5, -1      ◀──   gradient 5, -1

**A moving target.** Q-learning compares q, the value of a state, with r + gamma * q_next, a guess
from the next state. Both values come from one network. Only q may be moved towards the target: with
a gradient into the target, the target would be moved towards q as well.

Write `round_st` and `td_loss`. Neither changes a tensor that it is given.
"""

import torch
from torch import Tensor


def round_st(x: Tensor) -> Tensor:
    """Round to whole numbers, with the gradient of the identity.

    Args:
        x: floating, of any shape, finite.

    Returns:
        Exactly the values of `torch.round(x)`, halves to the even neighbour. The gradient that
        arrives at the result goes on to x unchanged. The result requires grad where x does.

    >>> x = torch.tensor([0.3, 1.7, 2.5], requires_grad=True)
    >>> rounded = round_st(x)
    >>> rounded.detach()
    tensor([0., 2., 2.])
    >>> rounded.backward(torch.tensor([5.0, -1.0, 1.0]))
    >>> x.grad
    tensor([ 5., -1.,  1.])
    """
    return x + (torch.round(x) - x).detach()


def td_loss(q: Tensor, r: Tensor, q_next: Tensor, gamma: float) -> Tensor:
    """Compute the mean squared difference between q and the target r + gamma * q_next.

    Args:
        q: values of states, float32 or float64, shape (N,), N at least 1.
        r: rewards, like q. They do not require grad.
        q_next: values of the next states, like q.
        gamma: the discount, from 0 to 1.

    Returns:
        The loss, 0-dim. Its gradient reaches q, and does not reach q_next. `q_next` itself is still
        part of its own graph after the call.

    >>> q = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> q_next = torch.tensor([2.0, 2.0], requires_grad=True)
    >>> loss = td_loss(q, torch.tensor([1.0, 0.0]), q_next, 0.5)
    >>> loss.item()
    1.0
    >>> loss.backward()
    >>> q.grad, q_next.grad
    (tensor([-1.,  1.]), None)
    """
    target = (r + gamma * q_next).detach()
    return ((q - target) ** 2).mean()


HINTS = (
    "Write the rounded value as x plus something. Which part of that sum should have a gradient, "
    "and which should be a constant?",
    "round_st: what is added to x is round(x) - x. Without its graph it is a constant, and the "
    "derivative of x plus a constant is 1.",
    "td_loss: compute the target first, as a tensor of its own, and detach it. detach() returns a "
    "new tensor; detach_() would cut the caller's q_next off.",
)

TAKE_ALONG = (
    "detach() makes a value a constant for the backward pass. x + (f(x) - x).detach() has the "
    "values of f and the gradient of x."
)

APPROACH = (
    "round_st adds the difference instead of adding x and taking it away again: x + (round(x) - x) "
    "is exact, and round(x) + x - x is not."
)
