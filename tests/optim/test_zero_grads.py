"""Properties and misconceptions of optim/zero_grads."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]

WAYS = {
    "generator": lambda params: (param for param in params),
    "list": list,
    "tuple": tuple,
    "dict values": lambda params: dict(enumerate(params)).values(),
}


@st.composite
def models(draw, min_side=0, special=False, may_lack_grads=False):
    """Parameters with their gradients, of which some can be None."""
    shapes = draw(st.lists(st.shapes(0, 2, min_side=min_side), min_size=1, max_size=3))
    kinds = [(each, draw(st.dtypes())) for each in shapes]
    grads = [st.tensors(*each, layouts=WRITABLE, special=special) for each in kinds]
    if may_lack_grads:
        grads = [st.one_of(grad, st.none()) for grad in grads]
    params = [st.tensors(*each, requires_grad=True) for each in kinds]
    return {"params": draw(st.tuples(*params)), "grads": draw(st.tuples(*grads))}


def give(params, grads):
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad


def grads_of(params):
    return [param.grad for param in params]


def zeros_for(params, grads):
    """What clearing to zeros leaves: None stays None."""
    return [
        None if grad is None else torch.zeros_like(param.detach())
        for param, grad in zip(params, grads, strict=True)
    ]


@forall(models(special=True), by_default=st.booleans())
def test_sets_none(impl, params, grads, by_default):
    """By default every .grad becomes None, and the tensor that it was keeps its values."""
    give(params, grads)
    returned = impl.zero_grads(params) if by_default else impl.zero_grads(params, set_to_none=True)
    return returned, grads_of(params)


@forall(models(special=True))
def test_zeroes_what_there_is(impl, params, grads):
    """With set_to_none=False every .grad becomes 0, in place and also where it was NaN."""
    give(params, grads)
    returned = impl.zero_grads(params, set_to_none=False)
    assert_same(grads_of(params), zeros_for(params, grads))
    return returned, grads_of(params)


@forall(models(min_side=1))
def test_keeps_the_memory(impl, params, grads):
    """With set_to_none=False .grad stays in its memory: both names show what is written later."""
    give(params, grads)
    impl.zero_grads(params, set_to_none=False)
    for grad in grads:
        grad.fill_(2)
    assert_same(grads_of(params), list(grads))
    return grads_of(params)


@forall(models(may_lack_grads=True), set_to_none=st.booleans())
def test_leaves_none_alone(impl, params, grads, set_to_none):
    """A .grad that is None stays None; those after it are cleared all the same."""
    give(params, grads)
    impl.zero_grads(params, set_to_none)
    assert_same(grads_of(params), [None] * len(params) if set_to_none else zeros_for(params, grads))
    return grads_of(params)


@forall(models(), set_to_none=st.booleans(), way=st.sampled_from(tuple(WAYS)))
def test_takes_any_iterable(impl, params, grads, set_to_none, way):
    """params can be any iterable: a generator, too, which can be walked only once."""
    give(params, grads)
    impl.zero_grads(params=WAYS[way](params), set_to_none=set_to_none)
    return grads_of(params)


@forall(set_to_none=st.booleans())
def test_takes_no_parameters(impl, set_to_none):
    """Where there are no parameters there is nothing to do."""
    return impl.zero_grads([], set_to_none), impl.zero_grads(iter(()), set_to_none)


@forall(models(), set_to_none=st.booleans())
def test_cuts_the_graph_off(impl, params, grads, set_to_none):
    """A .grad made with create_graph=True leaves its graph, and zeros are in its memory too."""
    loss = sum((param**2 * grad).sum() for param, grad in zip(params, grads, strict=True))
    give(params, torch.autograd.grad(loss, params, create_graph=True))
    held = [grad.detach() for grad in grads_of(params)]
    impl.zero_grads(params, set_to_none)
    left = [grad for grad in grads_of(params) if grad is not None]
    flags = [{"requires_grad": grad.requires_grad, "is_leaf": grad.is_leaf} for grad in left]
    return left, flags, {"in the memory that .grad had": held}


@misconception(
    of="zero_grads",
    says="A .grad can be None, which zero_grad leaves by default, and None has no data to zero. "
    "Where there is a gradient, a write through .data is hidden from autograd: _version stays, and "
    ".grad stays in the graph that it came from.",
)
def zeroes_the_data_of_none(params, set_to_none=True):
    for p in params:
        if set_to_none:
            p.grad = None
        else:
            p.grad.data.zero_()


@misconception(
    of="zero_grads",
    says="A .grad can be None: a parameter that took no part in the loss has none. None has no "
    "method zero_.",
)
def expects_a_gradient(params, set_to_none=True):
    for p in params:
        if set_to_none:
            p.grad = None
        else:
            p.grad.zero_()


@misconception(
    of="zero_grads",
    says="A write through .data is hidden from autograd: _version stays. And .grad stays in the "
    "graph that it came from.",
)
def writes_through_data(params, set_to_none=True):
    for p in params:
        if set_to_none:
            p.grad = None
        elif p.grad is not None:
            p.grad.data.zero_()


@misconception(
    of="zero_grads",
    says="A .grad is a tensor or None. The number 0 is neither, and torch refuses it.",
)
def assigns_the_number_zero(params, set_to_none=True):
    for p in params:
        p.grad = None if set_to_none else 0


@misconception(
    of="zero_grads",
    says="set_to_none is never used: you always write zeros. By default .grad becomes None.",
)
def always_zeroes(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            p.grad = p.grad.detach().zero_()


@misconception(
    of="zero_grads",
    says="set_to_none is never used: you always write None. With set_to_none=False .grad becomes "
    "zeros in the memory that it had.",
)
def always_sets_none(params, set_to_none=True):
    for p in params:
        p.grad = None


@misconception(
    of="zero_grads",
    says="zeros_like makes a new tensor. The zeros are to be in the memory that .grad had, so that "
    "whoever holds the old gradient sees them.",
)
def makes_new_zeros(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else torch.zeros_like(p)


@misconception(
    of="zero_grads",
    says="You give zeros to a parameter that had no gradient. An optimizer skips None, but takes a "
    "step with zeros, and weight decay or momentum then moves the parameter.",
)
def turns_none_into_zeros(params, set_to_none=True):
    for p in params:
        if set_to_none:
            p.grad = None
        elif p.grad is None:
            p.grad = torch.zeros_like(p)
        else:
            p.grad = p.grad.detach().zero_()


@misconception(
    of="zero_grads",
    says="Zeroing in place does not cut a gradient off from its graph: one that was made with "
    "create_graph=True still requires grad.",
)
def stays_in_the_graph(params, set_to_none=True):
    with torch.no_grad():
        for p in params:
            if set_to_none:
                p.grad = None
            elif p.grad is not None:
                p.grad.zero_()


@misconception(
    of="zero_grads",
    says="0 times NaN is NaN, and 0 times infinity too: a product does not clear a gradient that "
    "went wrong.",
)
def multiplies_by_zero(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else p.grad.detach().mul_(0)


@misconception(
    of="zero_grads",
    says="With set_to_none=True the old gradient is zeroed before it is let go. Somebody may have "
    "put that tensor aside: None in its place is all that is asked for.",
)
def zeroes_before_it_lets_go(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            p.grad = p.grad.detach().zero_()
            if set_to_none:
                p.grad = None
