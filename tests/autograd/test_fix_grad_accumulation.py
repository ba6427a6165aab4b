"""Properties and misconceptions of autograd/fix_grad_accumulation."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

# Each loss as a function of w and of a coefficient, and its gradient in closed form.
LOSSES = {
    "linear": lambda w, c: (c * w).sum(),
    "square": lambda w, c: (c * w * w).sum(),
    "cube": lambda w, c: (c * w**3).sum(),
    "sum": lambda w, c: w.sum(),
}
GRADIENTS = {
    "linear": lambda w, c: torch.full_like(w, c),
    "square": lambda w, c: 2 * c * w,
    "cube": lambda w, c: 3 * c * w**2,
    "sum": lambda w, c: torch.ones_like(w),
}


def losses_of(steps):
    """The losses; where a step occurs twice, one function stands in the list twice."""
    made = {(kind, c): lambda w, kind=kind, c=c: LOSSES[kind](w, c) for kind, c in steps}
    return [made[step] for step in map(tuple, steps)]


def gradients_of(steps, values):
    return [GRADIENTS[kind](values, c) for kind, c in steps]


def leaf(values, old_gradient=None):
    w = values.detach().clone().requires_grad_()
    w.grad = old_gradient
    return w


steps = st.lists(
    st.tuples(st.sampled_from(sorted(LOSSES)), st.integers(-1, 1).map(float)), max_size=5
)
points = st.tensors(shape=st.shapes(max_dims=2), dtype=st.dtypes())

LARGE_FIRST = {
    "a large gradient before a small one": {"steps": st.just([("linear", 1e9), ("linear", 0.1)])}
}
PLAIN = {
    "the sum of w alone": {
        "steps": st.just([("sum", 1.0)]),
        "values": st.just(torch.tensor([0.1, 0.7])),
    }
}


@forall(steps=steps, values=points, strata=LARGE_FIRST)
def test_each_step_has_its_own_gradient(impl, steps, values):
    """The list holds the gradient of each loss alone, in order; the losses and w stay."""
    losses, w = losses_of(steps), leaf(values)
    given, version = list(losses), w._version
    gradients = impl.grads_per_step(losses, w)
    assert_same(gradients, gradients_of(steps, values))
    assert losses == given, "The list of losses is not as it was."
    assert w._version == version, "w was written to."
    return gradients


@forall(steps=steps, values=points)
def test_an_old_gradient_does_not_show(impl, steps, values):
    """What w.grad holds before the call does not show in the list."""
    w = leaf(values, old_gradient=torch.ones_like(values))
    losses = losses_of(steps)
    gradients = impl.grads_per_step(losses=losses, w=w)
    again = impl.grads_per_step(losses[:1], w)
    assert_same(gradients, gradients_of(steps, values))
    assert_same(again, gradients_of(steps[:1], values))
    return gradients, again


@forall(steps=steps, values=points, strata=PLAIN)
def test_gradients_are_apart(impl, steps, values):
    """Writing to one gradient changes no other, and w keeps its values."""
    w = leaf(values)
    gradients = impl.grads_per_step(losses_of(steps), w)
    for number, gradient in enumerate(gradients):
        gradient.fill_(number)
    return gradients, w


@misconception(
    of="grads_per_step",
    stub=True,
    says="backward() adds to w.grad, which is never cleared here, and the list holds that one "
    "tensor again and again.",
)
def never_clears_and_aliases(losses, w):
    gradients = []
    for loss in losses:
        loss(w).backward()
        gradients.append(w.grad)
    return gradients


@misconception(
    of="grads_per_step",
    says="Each entry is a copy, but backward() still adds to what the last step left in w.grad.",
)
def copies_but_never_clears(losses, w):
    gradients = []
    for loss in losses:
        loss(w).backward()
        gradients.append(w.grad.clone())
    return gradients


@misconception(
    of="grads_per_step",
    says="All entries are one tensor, which now holds the last gradient: zero_() and other writes "
    "in place change the tensor that is already in the list.",
)
def zeroes_what_it_collected(losses, w):
    gradients = []
    for loss in losses:
        if w.grad is not None:
            w.grad.zero_()
        loss(w).backward()
        gradients.append(w.grad)
    return gradients


@misconception(
    of="grads_per_step",
    says="The gradient is zeroed in place right after it went into the list: the list holds zeros.",
)
def zeroes_after_collecting(losses, w):
    gradients = []
    w.grad = None
    for loss in losses:
        loss(w).backward()
        gradients.append(w.grad)
        w.grad.zero_()
    return gradients


@misconception(
    of="grads_per_step",
    says="What w.grad held before the call is in your first entry: it must be cleared, or left "
    "out, before the first step too.",
)
def keeps_the_old_gradient(losses, w):
    gradients = []
    for loss in losses:
        loss(w).backward()
        gradients.append(w.grad)
        w.grad = None
    return gradients


@misconception(
    of="grads_per_step",
    says="w.grad is None until the first backward(), so there is nothing to zero yet.",
)
def zeroes_none(losses, w):
    gradients = []
    for loss in losses:
        w.grad.zero_()
        loss(w).backward()
        gradients.append(w.grad.clone())
    return gradients
