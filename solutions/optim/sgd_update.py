"""One step of gradient descent, in place.

A model holds its parameters. A step of an optimizer changes those very tensors; it makes no new
ones. Three ways to write p - lr * p.grad look alike, and do something else:

    p = p - lr * p.grad               gives a new tensor an old name: the parameter is as before
    p -= lr * p.grad                  raises: autograd would have to record a write to a leaf
    p.data.sub_(lr * p.grad.data)     changes the values, and hides that from autograd

Old notes teach the third. It works, but it does not raise p._version, by which autograd knows
that a tensor was written to. A backward through a graph that was recorded before such an update
gives wrong gradients without a word. Where the write is visible, the same backward raises.

Write `sgd_step`. After it, each parameter

- has the values p - lr * p.grad, written in place: the same object in the same memory, so that
  whoever holds the parameter, or a view of it, sees the new values;
- is still a leaf that requires grad, and its _version is higher than before;
- has the .grad that it had: neither cleared nor changed;
- is left as it was where its .grad is None.

`params` can be any iterable, such as the generator that model.parameters() returns, which can be
walked once only. It can also be empty. Gradient recording, on or off, is after the call as it was.
"""

from collections.abc import Iterable

import torch
from torch import Tensor


def sgd_step(params: Iterable[Tensor], lr: float) -> None:
    """Move every parameter against its gradient, in place.

    Args:
        params: leaf tensors that require grad, each of any shape, of float32 or float64, on any
            device. Each occurs once. Their .grad is None or a tensor like them.
        lr: the learning rate, a positive number.

    Returns:
        None. The parameters are changed.

    >>> weight = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> weight.square().sum().backward()
    >>> weight.grad
    tensor([2., 4.])
    >>> sgd_step([weight], lr=0.25)
    >>> weight
    tensor([0.5000, 1.0000], requires_grad=True)
    """
    with torch.no_grad():
        for param in params:
            if param.grad is not None:
                param.sub_(param.grad, alpha=lr)


HINTS = (
    "A write in place is an augmented assignment (-=) or a method whose name ends in an "
    "underscore. Autograd refuses it for a leaf only while it records.",
    "with torch.no_grad(): records nothing inside, and puts things back at its end. Inside it a "
    "leaf may be written to, and stays a leaf that requires grad.",
    "Walk over params once. Skip a parameter whose .grad is None; subtract lr times the gradient "
    "from any other in place.",
)

TAKE_ALONG = (
    "Update parameters in place under torch.no_grad(). "
    ".data goes behind autograd's back, and so past its check for wrong gradients."
)

APPROACH = (
    "sub_ with alpha= multiplies and subtracts in one pass, without a tensor for lr times the "
    "gradient."
)
