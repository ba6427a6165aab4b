"""Predict the three flags of a tensor.

Three things decide what autograd does with a tensor t:

    t.requires_grad        is a gradient wanted, for t itself or for something it was made from?
    t.is_leaf              does no recorded operation stand behind it?
    t.grad is not None     is it written to by a backward pass that reaches t?

Common notes get some of them wrong. Not every result of a tensor that requires grad requires grad.
`torch.no_grad()` does not change the tensors that are there already. A detached tensor is a tensor
like any other. And a tensor that requires no grad is a leaf too.

Write `flags`. Each case in CASES is a piece of code that makes a tensor t. It begins with

    x = torch.tensor([1.0, 2.0], requires_grad=True)

and after it, whatever t is, comes

    (t * x).sum().backward()

You answer from what you know: `flags` must not make or use tensors or arrays.
"""

CASES = {
    # made from numbers
    "tensor": "t = torch.tensor([3.0, 4.0])",
    "tensor_on": "t = torch.tensor([3.0, 4.0], requires_grad=True)",
    "ones_like": "t = torch.ones_like(x)",
    "sum_of_constants": "t = torch.ones(2) + torch.ones(2)",
    "on_then_double": "t = torch.ones(2, requires_grad=True).double()",
    "double_then_on": "t = torch.ones(2).double().requires_grad_()",
    "parameter": "t = torch.nn.Parameter(x * 2)",
    # made from x by an operation
    "same": "t = x",
    "times": "t = x * 2",
    "clone": "t = x.clone()",
    "view": "t = x.view(2, 1)",
    "element": "t = x[0]",
    "to_float32": "t = x.to(torch.float32)",
    "to_float64": "t = x.to(torch.float64)",
    "to_int64": "t = x.to(torch.int64)",
    "round": "t = x.round()",
    "argmax": "t = x.argmax()",
    "comparison": "t = x > 1",
    "step": "t = x - 0.1 * torch.ones(2)",
    "retain_grad": "t = x * 2; t.retain_grad()",
    # made from x and cut off
    "detach": "t = x.detach()",
    "detach_clone": "t = x.detach().clone()",
    "detach_on": "t = x.detach().requires_grad_()",
    "clone_detach_on": "t = (x * 2).clone().detach().requires_grad_()",
    "numpy": "t = torch.from_numpy(x.detach().numpy())",
    "item": "t = torch.tensor(x[0].item())",
    # made under no_grad
    "no_grad_same": "with torch.no_grad(): t = x",
    "no_grad_times": "with torch.no_grad(): t = x * 2",
    "no_grad_on": "with torch.no_grad(): t = torch.ones(2, requires_grad=True)",
    "no_grad_step": "with torch.no_grad(): t = x; t -= 0.1",
    "no_grad_times_on": "with torch.no_grad(): t = (x * 2).requires_grad_()",
    "before_no_grad": "t = x * 2\nwith torch.no_grad(): u = t * 3",
}


def flags(case: str) -> tuple[bool, bool, bool]:
    """Predict requires_grad, is_leaf, and whether .grad is there after the backward pass.

    Args:
        case: a key of CASES, which says how t is made.

    Returns:
        `t.requires_grad`, `t.is_leaf`, and whether `t.grad` is not None after
        `(t * x).sum().backward()`.

    >>> flags("same")
    (True, True, True)
    >>> flags("times")
    (True, False, False)
    >>> flags("tensor")
    (False, True, False)
    """
    if case == "retain_grad":
        return True, False, True
    if case in _RESULTS:
        return True, False, False
    wants_grad = case in _LEAVES_WITH_GRAD
    return wants_grad, True, wants_grad


_RESULTS = {
    "on_then_double",
    "times",
    "clone",
    "view",
    "element",
    "to_float64",
    "round",
    "step",
    "before_no_grad",
}

_LEAVES_WITH_GRAD = {
    "tensor_on",
    "double_then_on",
    "parameter",
    "same",
    "to_float32",
    "detach_on",
    "clone_detach_on",
    "no_grad_same",
    "no_grad_on",
    "no_grad_step",
    "no_grad_times_on",
}

HINTS = (
    "Begin with is_leaf. Which cases end with an operation that autograd has recorded? Everything "
    "else is a leaf, with or without requires_grad.",
    "Integers and bools have no derivative, so such a result does not require grad. round has one, "
    "which is 0. What is not recorded, under no_grad or after detach, does not require grad.",
    "backward writes .grad for leaves that require grad. There is one other case: a tensor whose "
    ".grad was asked for.",
    "requires_grad_() and requires_grad=True make a leaf that requires grad, wherever they stand. "
    "nn.Parameter makes one too, from whatever it is given. And to() returns x itself where there "
    "is nothing to change.",
)

TAKE_ALONG = (
    "A leaf is a tensor with no recorded operation behind it. Backward fills .grad of leaves that "
    "require grad, and of other tensors only after retain_grad()."
)

APPROACH = (
    "It names two groups, the recorded results and the leaves that require grad. All other cases "
    "are leaves without a gradient, and retain_grad is the one exception."
)
