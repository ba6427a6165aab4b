"""Capture a gradient on its way through the graph.

A backward pass keeps no gradient of a tensor in the middle of the graph, and adds up those of a
leaf. To see whether a gradient vanishes, explodes or turns into NaN, look at it as it arrives:
`t.register_hook(f)` calls `f(gradient)` in each backward pass that reaches `t`.

    forward     x ──▶ t ──▶ loss
    backward    x ◀── t ◀── loss
                      └──▶ [gradient of t]

Write `capture`. It hangs a hook on a tensor, and gives a list and a handle.

- Each backward pass that reaches `t` appends the gradient with respect to `t` of that pass: one
  tensor a pass, in the order of the passes, however often the graph uses `t`. A pass that does not
  reach `t` appends nothing.
- `t` may be a leaf or the result of an operation.
- What is stored is a copy without a graph: it does not require grad, also under
  `create_graph=True`. It is the gradient as it came to the hook: what is written later to the
  gradient (a hook registered after yours may do so) or to a `.grad` does not show in the list.
  Writing to a stored tensor does not show anywhere else.
- Backward passes go on as if nobody listened: the gradients behind `t` keep their values and,
  under `create_graph=True`, their graph. `t` stays as it was: where it is not a leaf, it still has
  no `.grad`.
- `remove()` of the handle ends the listening, and nothing else does: it goes on though nobody keeps
  the handle. The list keeps what it holds. Two captures of one tensor are independent of each
  other.
"""

import torch
from torch.utils.hooks import RemovableHandle


def capture(t: torch.Tensor) -> tuple[list[torch.Tensor], RemovableHandle]:
    """Collect the gradients that arrive at a tensor.

    Args:
        t: a floating tensor that requires grad, any shape, zero-size and 0-dim included. Each
            operation that uses it has a gradient for it: a backward that gives None instead has
            hooks called with None.

    Returns:
        The list, empty at first, to which each backward pass appends a tensor with the shape, dtype
        and device of `t`; and the handle. `register_hook` returns one; any object with a method
        `remove()` that does the same is as good.

    Raises:
        RuntimeError: `t` does not require grad. `register_hook` raises it.

    >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> square = x * x
    >>> gradients, handle = capture(square)
    >>> (3 * square).sum().backward()
    >>> gradients
    [tensor([3., 3.])]
    >>> handle.remove()
    """
    gradients: list[torch.Tensor] = []

    def store(gradient: torch.Tensor) -> None:
        gradients.append(gradient.detach().clone())

    return gradients, t.register_hook(store)


HINTS = (
    "register_hook takes a function of the gradient and returns a handle with remove(). A function "
    "defined inside capture can append to a list of capture.",
    "What a hook returns takes the gradient's place, unless it is None. What should yours return?",
    "The tensor that the hook is given goes on through the graph: others may write to it. Two "
    "methods of a tensor are needed: one for memory of its own, one to leave the graph.",
)

TAKE_ALONG = (
    "A tensor hook sees each gradient before it is added to .grad. Keep a detached clone, and "
    "return None, which leaves the gradient as it is."
)

APPROACH = (
    "The hook is a closure over the list, and returns nothing. list.append alone would keep the "
    "gradient itself, with its memory and its graph."
)
