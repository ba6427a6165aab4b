"""Properties and misconceptions of optim/sgd_update."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]

RATES = st.sampled_from((0.5, 0.25, 1.0, 0.1))

WAYS = {
    "generator": lambda params: (param for param in params),
    "list": list,
    "tuple": tuple,
    "dict values": lambda params: dict(enumerate(params)).values(),
}


@st.composite
def models(draw, min_side=0, may_lack_grads=False):
    """Parameters with their gradients, of which some can be None."""
    shapes = draw(st.lists(st.shapes(0, 2, min_side=min_side), min_size=1, max_size=3))
    kinds = [(each, draw(st.dtypes())) for each in shapes]
    grads = [st.tensors(*each) for each in kinds]
    if may_lack_grads:
        grads = [st.one_of(grad, st.none()) for grad in grads]
    params = [st.tensors(*each, layouts=WRITABLE, requires_grad=True) for each in kinds]
    return {"params": draw(st.tuples(*params)), "grads": draw(st.tuples(*grads))}


@st.composite
def moving_models(draw):
    """Parameters that a step changes: each has elements, and no gradient is 0 anywhere."""
    model = draw(models(min_side=1))
    return {**model, "grads": tuple(torch.where(grad == 0, 2, grad) for grad in model["grads"])}


def give(params, grads):
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad


def copies(params):
    return [param.detach().clone() for param in params]


def facts(params):
    """What every parameter must still be: leaf, and requiring grad."""
    return [{"is_leaf": param.is_leaf, "requires_grad": param.requires_grad} for param in params]


@forall(moving_models(), lr=RATES)
def test_moves_against_the_gradient(impl, params, grads, lr):
    """Each parameter becomes p - lr * p.grad, in place, and keeps its gradient."""
    give(params, grads)
    start, slopes = copies(params), copies(grads)
    versions = [param._version for param in params]
    returned = impl.sgd_step(list(params), lr)
    assert_same(
        copies(params), [old - lr * slope for old, slope in zip(start, slopes, strict=True)]
    )
    assert all(param._version > old for param, old in zip(params, versions, strict=True)), (
        "The values are right, but p._version is not higher than before: the write was hidden."
    )
    assert all(param.grad is grad for param, grad in zip(params, grads, strict=True)), (
        "The values are right, but p.grad is another tensor than before: leave .grad alone."
    )
    return returned, facts(params)


@forall(models(may_lack_grads=True), lr=RATES)
def test_skips_what_has_no_gradient(impl, params, grads, lr):
    """A parameter whose .grad is None stays as it is; those after it are updated all the same."""
    give(params, grads)
    impl.sgd_step(list(params), lr)
    return facts(params)


@forall(moving_models(), lr=RATES, way=st.sampled_from(tuple(WAYS)))
def test_takes_any_iterable(impl, params, grads, lr, way):
    """params can be any iterable: a generator, too, which can be walked only once."""
    give(params, grads)
    impl.sgd_step(params=WAYS[way](params), lr=lr)
    return facts(params)


@forall(models(), lr=RATES, recording=st.booleans(), examples=8)
def test_leaves_recording_as_it_was(impl, params, grads, lr, recording):
    """Gradient recording, on or off before the call, is the same after it."""
    give(params, grads)
    with torch.set_grad_enabled(recording):
        impl.sgd_step(list(params), lr)
        return torch.is_grad_enabled()


@forall(lr=RATES)
def test_takes_no_parameters(impl, lr):
    """Where there are no parameters there is nothing to do."""
    return impl.sgd_step([], lr), impl.sgd_step(iter(()), lr)


@forall(models(), lr=RATES)
def test_is_seen_by_whoever_holds_the_memory(impl, params, grads, lr):
    """The new values are in the parameter's own memory: a view made before the step shows them."""
    give(params, grads)
    views = [param.detach() for param in params]
    impl.sgd_step(list(params), lr)
    assert_same(views, copies(params))
    return views


@forall(models(), lr=RATES)
def test_is_seen_by_autograd(impl, params, grads, lr):
    """A graph recorded before the step refuses to run backward: its saved parameters are gone."""
    give(params, grads)
    loss = sum((param * param).sum() for param in params)
    impl.sgd_step(list(params), lr)
    try:
        torch.autograd.grad(loss, params)
    except RuntimeError:
        return copies(params)
    raise AssertionError(
        "Backward ran through a graph from before the step: autograd has not seen the update."
    )


@st.composite
def descents(draw):
    """Parameters, and the inputs of as many steps as there are targets."""
    shape = draw(st.shapes(1, 2))
    dtype = draw(st.dtypes())
    return {
        "weight": draw(st.tensors(shape, dtype, layouts=WRITABLE, requires_grad=True)),
        "bias": draw(st.tensors((), dtype, requires_grad=True)),
        "targets": draw(st.lists(st.tensors(shape, dtype), min_size=1, max_size=4)),
    }


@forall(descents(), lr=RATES)
def test_steps_as_torch_optim_does(impl, weight, bias, targets, lr):
    """Several steps, each with a gradient of its own, end where torch.optim.SGD ends."""
    params = [weight, bias]
    start = copies(params)
    for target in targets:
        give(params, loss_gradients(params, target))
        impl.sgd_step(params, lr)
    assert_same(copies(params), sgd_end(start, targets, lr))
    return copies(params)


def sgd_end(start, targets, lr):
    params = [value.requires_grad_() for value in start]
    optimizer = torch.optim.SGD(params, lr)
    for target in targets:
        give(params, loss_gradients(params, target))
        optimizer.step()
    return copies(params)


def loss_gradients(params, target):
    weight, bias = params
    loss = ((weight + bias - target) ** 2).sum() / 4
    return torch.autograd.grad(loss, params)


@misconception(
    of="sgd_step",
    says="No parameter was written to. p - lr * p.grad and p.sub(…) make a new tensor, and p = … "
    "only gives it an old name: write into the parameter itself.",
)
def rebinds_the_name(params, lr):
    for p in params:
        if p.grad is not None:
            p = p - lr * p.grad


@misconception(
    of="sgd_step",
    says="Autograd records what is done to tensors that require grad, and a write to a leaf can't "
    "be recorded. The update is no part of the model's computation: switch recording off for it.",
)
def updates_while_autograd_records(params, lr):
    for p in params:
        if p.grad is not None:
            p -= lr * p.grad


@misconception(
    of="sgd_step",
    says="A write that goes round p itself, through .data or numpy, is hidden from autograd: "
    "p._version stays, and a graph that saved the old values gives wrong gradients without an "
    "error.",
)
def writes_through_data(params, lr):
    for p in params:
        if p.grad is not None:
            p.data.sub_(lr * p.grad.data)


@misconception(
    of="sgd_step",
    says="p.data = … gives the parameter other memory. Views of it, and tensors that share its "
    "memory, keep the old values.",
)
def swaps_the_memory(params, lr):
    for p in params:
        if p.grad is not None:
            p.data = p.data - lr * p.grad


@misconception(
    of="sgd_step",
    says="A parameter that took no part in the loss has .grad None. Skip it.",
)
def expects_a_gradient(params, lr):
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad


@misconception(
    of="sgd_step",
    says="The gradient is multiplied by lr in place, and keeps that. It belongs to the caller, who "
    "may want to read it or to add to it.",
)
def scales_the_gradient(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= p.grad.mul_(lr)


@misconception(
    of="sgd_step",
    says="Clearing the gradients is a step of its own, which the caller takes. Leave .grad alone.",
)
def clears_the_gradient(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad
                p.grad = None


@misconception(
    of="sgd_step",
    says="The gradient points to where the loss grows. A step that makes it smaller goes the other "
    "way.",
)
def climbs(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p += lr * p.grad


@misconception(
    of="sgd_step",
    says="A generator is used up after one walk, and the second finds nothing. Do all there is to "
    "do to a parameter in one walk, or make a list first.",
)
def walks_twice(params, lr):
    if any(p.grad is not None for p in params):
        with torch.no_grad():
            for p in params:
                if p.grad is not None:
                    p -= lr * p.grad
