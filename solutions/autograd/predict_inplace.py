"""Predict what an in-place write does to the gradient.

"No in-place operation on a tensor that requires grad" is a common rule, and too strict. What torch
really does:

- A leaf that requires grad, or a view of one, can't be written to while autograd records.
- Some operations save a tensor for their backward: an input, or their result. A saved tensor
  must not change before backward. Every tensor has a counter of writes, `_version`, which it shares
  with its views and with what detach() gives. Backward raises where a saved tensor's counter went
  up. What is not saved may change.
- `.data` and numpy write to the same memory and leave the counter as it is.

    saves nothing of x     x + c, x - c, 3 * x
    saves its inputs       x.sin(), x * y (y for the gradient of x, x for that of y)
    saves its result       x.exp(), x.sigmoid(), x.relu()

Write `outcome`. Each case in CASES is a piece of code. It begins with

    x = torch.tensor([1.0, 2.0], requires_grad=True)

and after it comes `loss.backward()`. You answer from what you know: `outcome` must not make or use
tensors or arrays.
"""

from typing import Literal

CASES = {
    # a leaf
    "leaf_add": "x.add_(1); loss = (x * x).sum()",
    "leaf_minus": "x -= 1; loss = (x * x).sum()",
    "leaf_element": "x[0] = 5.0; loss = (x * x).sum()",
    "leaf_no_grad": "with torch.no_grad(): x.add_(1)\nloss = (x * x).sum()",
    "leaf_no_grad_later": "loss = (x * x).sum()\nwith torch.no_grad(): x.add_(1)",
    "leaf_no_grad_later_linear": "loss = (3 * x).sum()\nwith torch.no_grad(): x.add_(1)",
    # a result
    "times_add": "y = x * 2; y.add_(1); loss = y.sum()",
    "times_relu": "y = x * 2; y.relu_(); loss = y.sum()",
    "times_element": "y = x * 2; y[0] = 5.0; loss = (y * y).sum()",
    "exp_mul": "y = x.exp(); y.mul_(2); loss = y.sum()",
    "sigmoid_add": "y = x.sigmoid(); y.add_(1); loss = y.sum()",
    "sin_add": "y = x.sin(); y.add_(1); loss = y.sum()",
    # something that was used already
    "used_in_plus": "y = x * 2; z = y + 3; y.mul_(5); loss = z.sum()",
    "used_in_square": "y = x * 2; z = y * y; y.mul_(5); loss = z.sum()",
    "used_as_factor": "w = torch.ones(2); y = x * w; w.add_(1); loss = y.sum()",
    "used_then_view": "y = x * 2; z = y * y; y[0] = 1.0; loss = z.sum()",
    "clone": "c = x.clone(); loss = (x * x).sum(); c.add_(1)",
    # behind autograd's back
    "data_before": "x.data.add_(1); loss = (x * x).sum()",
    "data_after": "loss = (x * x).sum(); x.data.add_(1)",
    "data_after_linear": "loss = (3 * x).sum(); x.data.add_(1)",
    "data_of_exp": "y = x.exp(); loss = y.sum(); y.data.zero_()",
    "detach_before": "d = x.detach(); d.add_(1); loss = (x * x).sum()",
    "detach_after": "d = x.detach(); loss = (x * x).sum(); d.add_(1)",
    "detach_after_linear": "d = x.detach(); loss = (3 * x).sum(); d.add_(1)",
    "detach_clone_after": "d = x.detach().clone(); loss = (x * x).sum(); d.add_(1)",
    "numpy_after": "a = x.detach().numpy(); loss = (x * x).sum(); a += 1",
    "numpy_copy_after": "a = x.detach().numpy().copy(); loss = (x * x).sum(); a += 1",
}


def outcome(case: str) -> Literal["ok", "raises", "wrong_grad"]:
    """Predict how a case ends.

    Args:
        case: a key of CASES.

    Returns:
        "raises" where a line of the case, or `loss.backward()` after it, raises an exception.
        "wrong_grad" where nothing raises, and `x.grad` is not the derivative of the loss, as it was
        computed, by x. "ok" otherwise.

    >>> outcome("leaf_add")
    'raises'
    >>> outcome("times_add")
    'ok'
    >>> outcome("data_after")
    'wrong_grad'
    """
    if case in _HIDDEN_FROM_AUTOGRAD:
        return "wrong_grad"
    return "raises" if case in _REFUSED_LEAVES | _SAVED_AND_CHANGED else "ok"


_REFUSED_LEAVES = {"leaf_add", "leaf_minus", "leaf_element"}

_SAVED_AND_CHANGED = {
    "leaf_no_grad_later",
    "exp_mul",
    "sigmoid_add",
    "used_in_square",
    "used_as_factor",
    "used_then_view",
    "detach_after",
}

_HIDDEN_FROM_AUTOGRAD = {"data_after", "data_of_exp", "numpy_after"}

HINTS = (
    "First the leaves: x requires grad, and three cases write to it while autograd records.",
    "For every other case ask two questions. Which tensors has the loss saved? And is one of them "
    "written to afterwards? If no saved tensor is, the case is ok.",
    "exp, sigmoid and relu save their result: their gradient is computed from it. y * y saves y, "
    "and x * w saves w for the gradient of x. 3 * x saves only the 3.",
    "Where a saved tensor is written to, ask how. By way of the tensor, a view of it or detach(), "
    "the counter goes up, and backward raises. By .data or numpy it does not.",
)

TAKE_ALONG = (
    "A write in place is safe where nobody has saved the old values. Autograd notices the others "
    "by a counter, but not those through .data and numpy: they make gradients wrong in silence."
)

APPROACH = (
    "It sorts by two questions: is a saved tensor changed, and can autograd see it? What is in "
    "neither group is ok."
)
