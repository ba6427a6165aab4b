"""Properties and misconceptions of optim/predict_moves."""

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "moves answers without making or using tensors or arrays."

# As in the exercise; each is run for real.
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
WITHOUT_GRADIENT = {
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
}
ZERO = {
    "sgd_zero": "optimizer = SGD([w], lr=0.1); w.grad = zeros",
    "decay_zero": "optimizer = SGD([w], lr=0.1, weight_decay=0.5); w.grad = zeros",
    "decay_zero_loss": "optimizer = SGD([w], lr=0.1, weight_decay=0.5); (w * 0).sum().backward()",
    "adam_zero": "optimizer = Adam([w], lr=0.1); w.grad = zeros",
    "adam_decay_zero": "optimizer = Adam([w], lr=0.1, weight_decay=0.5); w.grad = zeros",
    "adamw_zero": "optimizer = AdamW([w], lr=0.1); w.grad = zeros",
    "adamw_undecayed_zero": "optimizer = AdamW([w], lr=0.1, weight_decay=0); w.grad = zeros",
}
MOMENTUM = {
    "sgd_then_zero": "optimizer = SGD([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "momentum_zero": "optimizer = SGD([w], lr=0.1, momentum=0.9); w.grad = zeros",
    "momentum_then_zero": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = zeros"
    ),
    "momentum_zero_grad_in_place": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\n"
        "optimizer.zero_grad(set_to_none=False)"
    ),
    "rmsprop_momentum_then_zero": (
        "optimizer = RMSprop([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = zeros"
    ),
}
AVERAGES = {
    "adam_then_zero": "optimizer = Adam([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "rmsprop_then_zero": "optimizer = RMSprop([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "adagrad_then_zero": "optimizer = Adagrad([w], lr=0.1); step(optimizer, some); w.grad = zeros",
}
SOME = {
    "rate_zero": "optimizer = SGD([w], lr=0.0, momentum=0.9); w.grad = some",
    "dampened": "optimizer = SGD([w], lr=0.1, momentum=0.9, dampening=1.0); w.grad = some",
    "frozen": "optimizer = SGD([w], lr=0.1); w.grad = some; w.requires_grad_(False)",
    "not_held": "optimizer = SGD([v], lr=0.1); w.grad = some",
    "sgd_tiny": "optimizer = SGD([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
    "adam_tiny": "optimizer = Adam([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
    "rmsprop_tiny": "optimizer = RMSprop([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
}

CASES = {**WITHOUT_GRADIENT, **ZERO, **MOMENTUM, **AVERAGES, **SOME}

# What the cases come to, for the misconceptions.
MOVED = {
    "decay_zero",
    "decay_zero_loss",
    "adam_decay_zero",
    "adamw_zero",
    "momentum_then_zero",
    "momentum_zero_grad_in_place",
    "adam_then_zero",
    "rmsprop_momentum_then_zero",
    "dampened",
    "frozen",
    "adam_tiny",
    "rmsprop_tiny",
}


def really(case):
    """Whether w moves, by running the case."""
    names = {}
    exec("\n".join((BEGIN, CASES[case], END)), names)
    return names["moved"]


@forall(case=st.sampled_from(tuple(WITHOUT_GRADIENT)))
def test_knows_no_gradient(impl, case):
    """moves knows what a step does where the gradient is None."""
    with NoOperations(WITHOUT):
        answer = impl.moves(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(ZERO)))
def test_knows_a_gradient_of_zero(impl, case):
    """moves knows what a first step does where the gradient is 0."""
    with NoOperations(WITHOUT):
        answer = impl.moves(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(MOMENTUM)))
def test_knows_what_momentum_does(impl, case):
    """moves knows what momentum does when the gradient has become 0."""
    with NoOperations(WITHOUT):
        answer = impl.moves(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(AVERAGES)))
def test_knows_what_averages_do(impl, case):
    """moves knows what Adam, RMSprop and Adagrad do when the gradient has become 0."""
    with NoOperations(WITHOUT):
        answer = impl.moves(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(SOME)))
def test_knows_some_gradient(impl, case):
    """moves knows when a gradient that is not 0 moves the parameter."""
    with NoOperations(WITHOUT):
        answer = impl.moves(case)
    assert_same(answer, really(case))
    return answer


def swapped(case, *cases):
    """Right, but for these cases."""
    return (case in MOVED) != (case in cases)


@misconception(
    of="moves",
    says="A gradient of 0 is one: decay, momentum and averages move the parameter all the "
    "same. It is None that is passed over.",
)
def no_gradient_no_move(case):
    return swapped(
        case,
        "decay_zero",
        "decay_zero_loss",
        "adam_decay_zero",
        "adamw_zero",
        "momentum_then_zero",
        "momentum_zero_grad_in_place",
        "adam_then_zero",
        "rmsprop_momentum_then_zero",
    )


@misconception(
    of="moves",
    says="None is no gradient of 0. A parameter without gradient is passed over: no decay, no "
    "momentum.",
)
def none_is_zero(case):
    return swapped(
        case,
        "decay_none",
        "decay_unused",
        "momentum_none",
        "momentum_zero_grad",
        "adam_none",
        "adamw_none",
    )


@misconception(
    of="moves",
    says="Momentum and averages move a parameter only in a step that it takes part in. Where "
    "its gradient is None it doesn't.",
)
def momentum_rolls_on(case):
    return swapped(case, "momentum_none", "momentum_zero_grad", "adam_none")


@misconception(
    of="moves",
    says="Weight decay is a part of the step, and the step passes over what has no gradient.",
)
def decay_needs_no_gradient(case):
    return swapped(case, "decay_none", "decay_unused", "adamw_none")


@misconception(
    of="moves",
    says="zero_grad() leaves None unless told otherwise.",
)
def zero_grad_leaves_zeros(case):
    return swapped(case, "momentum_zero_grad")


@misconception(
    of="moves",
    says="The decay is added to the gradient, also where that is 0, and to w itself in AdamW.",
)
def decay_needs_a_gradient(case):
    return swapped(case, "decay_zero", "decay_zero_loss", "adam_decay_zero", "adamw_zero")


@misconception(
    of="moves",
    says="AdamW decays though nobody said so: its weight_decay is 0.01 by default.",
)
def adamw_does_not_decay(case):
    return swapped(case, "adamw_zero")


@misconception(
    of="moves",
    says="Momentum and Adam's average remember the gradients before: a 0 makes them smaller, "
    "and they still move the parameter.",
)
def averages_forget_at_once(case):
    return swapped(
        case,
        "momentum_then_zero",
        "momentum_zero_grad_in_place",
        "adam_then_zero",
        "rmsprop_momentum_then_zero",
    )


@misconception(
    of="moves",
    says="An average of squares stands in the denominator. Where the gradient is 0, so is the "
    "step, unless there is momentum too.",
)
def squares_move(case):
    return swapped(case, "rmsprop_then_zero", "adagrad_then_zero")


@misconception(
    of="moves",
    says="0 / (0 + 1e-8) is 0: the small number keeps Adam's first step from being nan.",
)
def adam_divides_zero_by_zero(case):
    return swapped(case, "adam_zero", "adamw_undecayed_zero")


@misconception(
    of="moves",
    says="Momentum keeps what was there. Before the first gradient that is not 0 there is nothing.",
)
def momentum_starts_by_itself(case):
    return swapped(case, "momentum_zero")


@misconception(
    of="moves",
    says="The first step of momentum is the gradient itself. Dampening counts from the second "
    "one on.",
)
def dampening_holds_the_first_step(case):
    return swapped(case, "dampened")


@misconception(
    of="moves",
    says="An optimizer looks at .grad, not at requires_grad. What has a gradient left is moved.",
)
def frozen_is_passed_over(case):
    return swapped(case, "frozen")


@misconception(
    of="moves",
    says="An optimizer moves what it was given. And its rate counts: times 0 nothing is left "
    "of a gradient.",
)
def every_gradient_is_followed(case):
    return swapped(case, "rate_zero", "not_held")


@misconception(
    of="moves",
    says="float32 has about 7 digits: what is smaller than that beside the parameter is "
    "rounded away.",
)
def small_steps_count(case):
    return swapped(case, "sgd_tiny")


@misconception(
    of="moves",
    says="Adam and RMSprop divide by the size of the gradient: the step is about as long for a "
    "tiny one.",
)
def adam_is_proportional(case):
    return swapped(case, "adam_tiny", "rmsprop_tiny")
