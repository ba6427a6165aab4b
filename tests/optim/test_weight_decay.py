"""Properties and misconceptions of optim/weight_decay."""

import torch
from torch.optim.adamw import adamw
from torch.optim.sgd import sgd

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]

RATES = st.sampled_from((0.5, 0.1, 1.0))
DECAYS = st.sampled_from((0.25, 0.1, 0.0))

DIRECTIONS = {
    "sign": torch.sign,
    "clamp to [-1, 1]": lambda grad: grad.clamp(-1, 1),
    "half of it": lambda grad: grad / 2,
    "the gradient itself": lambda grad: grad,
    "divided by its largest": lambda grad: grad / grad.abs().max().clamp(min=1),
}

WAYS = {
    "generator": lambda params: (param for param in params),
    "list": list,
    "tuple": tuple,
    "dict values": lambda params: dict(enumerate(params)).values(),
}


@st.composite
def models(draw, min_side=1, may_lack_grads=False, fewest=1):
    """Parameters with their gradients, of which some can be None."""
    shapes = draw(st.lists(st.shapes(0, 2, min_side=min_side), min_size=fewest, max_size=3))
    kinds = [(each, draw(st.dtypes())) for each in shapes]
    grads = [st.tensors(*each) for each in kinds]
    if may_lack_grads:
        grads = [st.one_of(grad, st.none()) for grad in grads]
    params = [st.tensors(*each, layouts=WRITABLE, requires_grad=True) for each in kinds]
    return {"params": draw(st.tuples(*params)), "grads": draw(st.tuples(*grads))}


@st.composite
def moving_models(draw, fewest=1):
    """Parameters of which none has a gradient that is 0 anywhere."""
    model = draw(models(fewest=fewest))
    return {**model, "grads": tuple(torch.where(grad == 0, 2, grad) for grad in model["grads"])}


@st.composite
def lacking_the_first(draw, decoupled):
    """Parameters that all have a gradient, but for the first."""
    model = draw(moving_models(2))
    return {**model, "grads": (None, *model["grads"][1:]), "decoupled": decoupled}


def of_each(strategy):
    """Strata for either of the two functions."""
    return {f"{decoupled=}": strategy(decoupled) for decoupled in (False, True)}


@st.composite
def walked_once(draw, decoupled):
    return {**draw(moving_models()), "way": "generator", "decoupled": decoupled}


def give(params, grads):
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad


def copies(params):
    return [None if param is None else param.detach().clone() for param in params]


def facts(params):
    return [{"is_leaf": param.is_leaf, "requires_grad": param.requires_grad} for param in params]


def assert_kept(params, grads):
    assert all(param.grad is grad for param, grad in zip(params, grads, strict=True)), (
        "The values are right, but p.grad is another tensor than before: leave .grad alone."
    )


def assert_visible(params, versions):
    assert all(param._version > old for param, old in zip(params, versions, strict=True)), (
        "The values are right, but p._version is not higher than before: the write was hidden."
    )


def after_a_penalty(start, grads, lr, wd):
    """Where a step along the gradient of the loss with its penalty ends."""
    params = [value.clone().requires_grad_() for value in start]
    loss = sum((grad * p).sum() for grad, p in zip(grads, params, strict=True))
    penalty = sum(wd / 2 * p.square().sum() for p in params)
    slopes = torch.autograd.grad(loss + penalty, params)
    return [old - lr * slope for old, slope in zip(start, slopes, strict=True)]


def after_sgd(start, grads, lr, wd):
    """Where a step of torch's SGD with weight_decay ends."""
    values = copies(start)
    moved = [number for number, grad in enumerate(grads) if grad is not None]
    sgd(
        [values[number] for number in moved],
        [grads[number] for number in moved],
        [None] * len(moved),
        foreach=False,
        lr=lr,
        weight_decay=wd,
        momentum=0,
        dampening=0,
        nesterov=False,
        maximize=False,
    )
    return values


def after_adamw(start, grads, lr, wd):
    """Where the first step of torch's AdamW ends. Without its eps the direction is the sign."""
    values = copies(start)
    adamw(
        values,
        list(grads),
        [torch.zeros_like(value) for value in values],
        [torch.zeros_like(value) for value in values],
        [],
        [torch.tensor(0.0) for _ in values],
        foreach=False,
        amsgrad=False,
        beta1=0.5,
        beta2=0.5,
        lr=lr,
        weight_decay=wd,
        eps=1e-30,
        maximize=False,
    )
    return values


@forall(moving_models(), lr=RATES, wd=DECAYS, examples=20)
def test_l2_is_the_gradient_of_the_penalty(impl, params, grads, lr, wd):
    """sgd_l2_step follows the gradient of the loss with (wd / 2) · ‖p‖² added, and leaves .grad."""
    give(params, grads)
    start, slopes = copies(params), copies(grads)
    versions = [param._version for param in params]
    returned = impl.sgd_l2_step(list(params), lr, wd)
    assert_same(copies(params), after_a_penalty(start, slopes, lr, wd))
    assert_visible(params, versions)
    assert_kept(params, grads)
    return returned, facts(params)


@forall(models(), lr=RATES, wd=DECAYS, decoupled=st.booleans(), examples=20)
def test_for_sgd_both_are_the_same(impl, params, grads, lr, wd, decoupled):
    """Where the direction is the gradient itself, both end where torch's SGD with decay ends."""
    give(params, grads)
    start, slopes = copies(params), copies(grads)
    if decoupled:
        returned = impl.decoupled_step(list(params), lr, wd)
    else:
        returned = impl.sgd_l2_step(params=list(params), lr=lr, wd=wd)
    assert_same(copies(params), after_sgd(start, slopes, lr, wd))
    return returned, facts(params)


@forall(moving_models(), lr=RATES, wd=DECAYS, examples=20)
def test_with_the_sign_it_is_adamw(impl, params, grads, lr, wd):
    """With the gradient's sign as the direction, decoupled_step is the first step of AdamW."""
    give(params, grads)
    start, slopes = copies(params), copies(grads)
    versions = [param._version for param in params]
    impl.decoupled_step(list(params), lr, wd, torch.sign)
    assert_same(copies(params), after_adamw(start, slopes, lr, wd))
    assert_visible(params, versions)
    assert_kept(params, grads)
    return copies(params)


@forall(models(), lr=RATES, wd=DECAYS, direction=st.sampled_from(tuple(DIRECTIONS)), examples=20)
def test_decays_beside_the_direction(impl, params, grads, lr, wd, direction):
    """decoupled_step makes its direction of the gradient alone: the decay is not in it."""
    give(params, grads)
    impl.decoupled_step(params=list(params), lr=lr, wd=wd, direction=DIRECTIONS[direction])
    return copies(params)


@forall(
    models(0, may_lack_grads=True),
    lr=RATES,
    wd=DECAYS,
    decoupled=st.booleans(),
    strata=of_each(lacking_the_first),
)
def test_skips_what_has_no_gradient(impl, params, grads, lr, wd, decoupled):
    """A parameter whose .grad is None does not decay; those after it are updated all the same."""
    give(params, grads)
    start, slopes = copies(params), copies(grads)
    step = impl.decoupled_step if decoupled else impl.sgd_l2_step
    step(list(params), lr, wd)
    assert_same(copies(params), after_sgd(start, slopes, lr, wd))
    return copies(params)


@forall(
    models(),
    way=st.sampled_from(tuple(WAYS)),
    decoupled=st.booleans(),
    strata=of_each(walked_once),
    examples=16,
)
def test_takes_any_iterable(impl, params, grads, way, decoupled):
    """params can be any iterable: a generator, too, which can be walked only once; or empty."""
    give(params, grads)
    start, slopes = copies(params), copies(grads)
    step = impl.decoupled_step if decoupled else impl.sgd_l2_step
    step(WAYS[way](params), 0.5, 0.25)
    step(WAYS[way](()), 0.5, 0.25)
    assert_same(copies(params), after_sgd(start, slopes, 0.5, 0.25))
    return copies(params)


@forall(models(), lr=RATES, wd=DECAYS, decoupled=st.booleans(), examples=16)
def test_is_seen_by_whoever_holds_the_memory(impl, params, grads, lr, wd, decoupled):
    """The new values are in the parameter's own memory: a view made before the step shows them."""
    give(params, grads)
    views = [param.detach() for param in params]
    step = impl.decoupled_step if decoupled else impl.sgd_l2_step
    step(list(params), lr, wd)
    assert_same(views, copies(params))
    return views


@forall(models(), decoupled=st.booleans(), recording=st.booleans(), examples=8)
def test_leaves_recording_as_it_was(impl, params, grads, decoupled, recording):
    """Gradient recording, on or off before the call, is the same after it."""
    give(params, grads)
    step = impl.decoupled_step if decoupled else impl.sgd_l2_step
    with torch.set_grad_enabled(recording):
        step(list(params), 0.1, 0.1)
        return torch.is_grad_enabled()


@misconception(
    of="sgd_l2_step",
    says="2 * wd * p is the gradient of wd · ‖p‖². The penalty has a ½, which takes the 2 away.",
)
def forgets_the_half(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * (p.grad + 2 * wd * p)


@misconception(
    of="sgd_l2_step",
    says="The penalty is written into .grad, and stays there. It belongs to the caller: make a new "
    "tensor of the sum.",
)
def changes_the_gradient(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad.add_(p, alpha=wd)


@misconception(
    of="sgd_l2_step",
    says="The decay comes after the step and uses the new values. The penalty's gradient is taken "
    "where the step begins.",
)
def decays_after_the_step(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad
                p -= lr * wd * p


@misconception(
    of="sgd_l2_step",
    says="That is the gradient of wd · |p|, an L1 penalty. The square's gradient grows with p.",
)
def takes_the_sign(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * (p.grad + wd * p.sign())


@misconception(
    of="sgd_l2_step",
    says="The penalty is a part of the loss: its gradient is multiplied by lr as the rest is.",
)
def penalty_without_the_rate(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad + wd * p


@misconception(
    of="sgd_l2_step",
    says="You let parameters decay that have no gradient. One whose .grad is None stays as it was.",
)
def decays_without_a_gradient(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is None:
                p -= lr * wd * p
            else:
                p -= lr * (p.grad + wd * p)


@misconception(
    of="sgd_l2_step",
    says="A parameter that took no part in the loss has .grad None. Skip it.",
)
def expects_a_gradient(params, lr, wd):
    with torch.no_grad():
        for p in params:
            p -= lr * (p.grad + wd * p)


@misconception(
    of="sgd_l2_step",
    says="A write through .data is hidden from autograd: p._version stays. Write to the parameter "
    "itself, under no_grad.",
)
def writes_through_data(params, lr, wd):
    for p in params:
        if p.grad is not None:
            p.data -= lr * (p.grad + wd * p.data)


@misconception(
    of="decoupled_step",
    says="The decay is in what the direction is made of: that is L2 again. The direction is made "
    "of the gradient alone.",
)
def decays_within_the_direction(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                whole = p.grad + wd * p
                p -= lr * (whole if direction is None else direction(whole))


@misconception(
    of="decoupled_step",
    says="direction is never used. The step goes where it says, not along the gradient.",
)
def ignores_the_direction(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * (p.grad + wd * p)


@misconception(
    of="decoupled_step",
    says="The decay is beside the direction, but lr is a factor of both.",
)
def decay_without_the_rate(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                move = p.grad if direction is None else direction(p.grad)
                p -= lr * move + wd * p


@misconception(
    of="decoupled_step",
    says="The decay comes after the step, and shrinks the step too. It is a part of the parameter "
    "as it was before.",
)
def shrinks_after_the_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * (p.grad if direction is None else direction(p.grad))
                p *= 1 - lr * wd


@misconception(
    of="decoupled_step",
    says="direction can be None, which stands for the gradient itself.",
)
def expects_a_direction(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * direction(p.grad) + lr * wd * p


@misconception(
    of="decoupled_step",
    says="You shrink parameters that have no gradient. One whose .grad is None stays as it was.",
)
def shrinks_without_a_gradient(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            p *= 1 - lr * wd
            if p.grad is not None:
                p -= lr * (p.grad if direction is None else direction(p.grad))
