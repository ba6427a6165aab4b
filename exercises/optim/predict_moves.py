"""Does the parameter move?

An optimizer's step is not "minus rate times gradient". What is left of earlier steps has a part in
it, and so has the parameter itself:

    SGD       g = grad + decay · w         b = g at first, and then
                                           momentum · b + (1 - damp) · g
              w -= lr · b                  without momentum: lr · g
    Adam      g = grad + decay · w         m, v: averages of g and g²
              w -= lr · m / (√v + 1e-8)    with the start made good
    AdamW     w -= lr · decay · w          then as Adam, with the bare gradient;
                                           decay is 0.01 unless told otherwise
    RMSprop   v: average of g²             momentum as above
              w -= lr · g / (√v + 1e-8)
    Adagrad   s: sum of g²                 w -= lr · g / (√s + 1e-10)

None of these lines is reached where `w.grad` is None: the step passes w over, with its decay and
its state. A gradient of 0 is a gradient, and is not passed over. The two look alike to those who
say "no gradient, no move"; `zero_grad()` leaves None, `zero_grad(set_to_none=False)` leaves zeros.

And float32 has about 7 digits: 1 - 1e-11 is 1.

Write `moves`. Each case in CASES is a piece of code, which comes after BEGIN. Then END takes one
more step. You answer with what `moved` is at the end. All cases are the same on torch 2.11 to 2.15.

You answer from what you know: `moves` must not make or use tensors or arrays.
"""

BEGIN = """\
import torch
from torch.optim import SGD, Adagrad, Adam, AdamW, RMSprop

w = torch.tensor([1.0, -2.0], requires_grad=True)
v = torch.tensor([3.0], requires_grad=True)

def step(optimizer, gradient):
    w.grad = gradient
    optimizer.step()

some, zeros = torch.tensor([0.5, 0.25]), torch.zeros(2)
"""

END = """\
before = w.detach().clone()
optimizer.step()
moved = not torch.equal(w, before)
"""

CASES = {
    # w.grad is None
    "sgd_none": "optimizer = SGD([w], lr=0.1)",
    "decay_none": "optimizer = SGD([w], lr=0.1, weight_decay=0.5)",
    "decay_unused": "optimizer = SGD([w, v], lr=0.1, weight_decay=0.5); (v * 2).sum().backward()",
    "momentum_none": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = None"
    ),
    "momentum_zero_grad": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\noptimizer.zero_grad()"
    ),
    "adam_none": "optimizer = Adam([w], lr=0.1); step(optimizer, some); w.grad = None",
    "adamw_none": "optimizer = AdamW([w], lr=0.1)",
    # w.grad is 0
    "sgd_zero": "optimizer = SGD([w], lr=0.1); w.grad = zeros",
    "decay_zero": "optimizer = SGD([w], lr=0.1, weight_decay=0.5); w.grad = zeros",
    "decay_zero_loss": "optimizer = SGD([w], lr=0.1, weight_decay=0.5); (w * 0).sum().backward()",
    "adam_zero": "optimizer = Adam([w], lr=0.1); w.grad = zeros",
    "adam_decay_zero": "optimizer = Adam([w], lr=0.1, weight_decay=0.5); w.grad = zeros",
    "adamw_zero": "optimizer = AdamW([w], lr=0.1); w.grad = zeros",
    "adamw_undecayed_zero": "optimizer = AdamW([w], lr=0.1, weight_decay=0); w.grad = zeros",
    # w.grad is 0 after a step with some gradient
    "sgd_then_zero": "optimizer = SGD([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "momentum_zero": "optimizer = SGD([w], lr=0.1, momentum=0.9); w.grad = zeros",
    "momentum_then_zero": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = zeros"
    ),
    "momentum_zero_grad_in_place": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\n"
        "optimizer.zero_grad(set_to_none=False)"
    ),
    "adam_then_zero": "optimizer = Adam([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "rmsprop_then_zero": "optimizer = RMSprop([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "rmsprop_momentum_then_zero": (
        "optimizer = RMSprop([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = zeros"
    ),
    "adagrad_then_zero": "optimizer = Adagrad([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    # w.grad is not 0
    "rate_zero": "optimizer = SGD([w], lr=0.0, momentum=0.9); w.grad = some",
    "dampened": "optimizer = SGD([w], lr=0.1, momentum=0.9, dampening=1.0); w.grad = some",
    "frozen": "optimizer = SGD([w], lr=0.1); w.grad = some; w.requires_grad_(False)",
    "not_held": "optimizer = SGD([v], lr=0.1); w.grad = some",
    "sgd_tiny": "optimizer = SGD([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
    "adam_tiny": "optimizer = Adam([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
    "rmsprop_tiny": "optimizer = RMSprop([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
}


def moves(case: str) -> bool:
    """Predict whether the last step changes a value of w.

    Args:
        case: a key of CASES.

    Returns:
        Whether `moved` is True, after BEGIN, the case and END have run.

    >>> moves("sgd_none")
    False
    >>> moves("dampened")
    True
    """
    raise NotImplementedError
