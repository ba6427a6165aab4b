"""Clear gradients: None, or zeros in the same memory.

`backward()` adds to .grad, so whoever trains must clear it. There are two ways, and torch's own
zero_grad has both. None, the default, frees the memory, and an optimizer skips the parameter until
a gradient comes. Zeros keep the memory for the next gradient.

                 .grad before     set_to_none=True     set_to_none=False
    weight       [3., nan]        None                 [0., 0.]     the memory that it had
    frozen       None             None                 None

Old notes teach `x.grad.data.zero_()`. Where a gradient was cleared to None, or never came, this
raises: None has no `data`. And where there is one, `.data` hides the write from autograd.

Write `zero_grads`. After it:

- A .grad that was None is None still, whatever `set_to_none` says: zeros are not "no gradient".
- With `set_to_none=True` every .grad is None. The tensor that was the gradient keeps its values:
  somebody may have put it aside.
- With `set_to_none=False` every other .grad is 0 everywhere, also where it was NaN or infinite, in
  the memory that it had: whoever holds the old gradient sees zeros, and its _version is higher than
  before. .grad may be the same tensor as before, or another one on that memory.
- No .grad requires grad. One that came from backward(create_graph=True) does, and belongs to a
  graph: what is left of it with `set_to_none=False` is zeros without a graph.
- The parameters are left as they were.

`params` can be any iterable, such as the generator that model.parameters() returns, and also empty.
"""

from collections.abc import Iterable

import torch
from torch import Tensor


def zero_grads(params: Iterable[Tensor], set_to_none: bool = True) -> None:
    """Clear the gradient of every parameter.

    Args:
        params: leaf tensors that require grad, each of any shape, of float32 or float64, on any
            device. Each occurs once. Their .grad is None or a tensor like them.
        set_to_none: whether .grad becomes None, or zeros where it is not None.

    Returns:
        None. The gradients are cleared.

    >>> weight = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> weight.square().sum().backward()
    >>> gradient = weight.grad
    >>> zero_grads([weight], set_to_none=False)
    >>> weight.grad, gradient
    (tensor([0., 0.]), tensor([0., 0.]))
    >>> zero_grads([weight])
    >>> print(weight.grad)
    None
    """
    for param in params:
        if param.grad is not None:
            param.grad = None if set_to_none else param.grad.detach().zero_()


HINTS = (
    "Which parameters have nothing to clear? Look at .grad before you call a method of it.",
    "To write None is an assignment to the attribute. To write zeros in the same memory is a "
    "method whose name ends in an underscore; a product with 0 keeps a NaN.",
    "A gradient that was made with create_graph=True requires grad, and zeroing it in place does "
    "not change that. Which method gives a tensor on the same memory, outside the graph? It may "
    "become the new .grad.",
)

TAKE_ALONG = (
    "zero_grad writes None by default, so .grad can be None at any time. Zeros are a gradient: an "
    "optimizer with momentum or weight decay moves a parameter that has one."
)

APPROACH = (
    "detach() gives a tensor without the graph on the same memory, and a write to it is counted "
    "for both. torch's own zero_grad calls detach_() instead, and keeps the object."
)
