"""Properties and misconceptions of memory/inplace_pair."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KINDS = (torch.float32, torch.float64, torch.float16)
WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]
FILLED = st.shapes(max_dims=3, min_side=1)

# Between the values that tensors have, so that none is at a bound.
BOUNDS = st.sampled_from(((-1.123, 1.123), (0.123, 3.123), (-2.623, -0.877), (0.377, 0.377)))

# Views of a base of at least two rows.
VIEWS = {
    "base[1:]": lambda base: base[1:],
    "base.t()": lambda base: base.t(),
    "base[-1]": lambda base: base[-1],
    "base.view(-1)": lambda base: base.view(-1),
}


@st.composite
def spread(draw, shapes=FILLED, layouts=WRITABLE, dtype=None):
    """Values of many digits, of which the first and the last are beyond every bound."""
    kind = dtype or draw(st.dtypes(*KINDS))
    values = draw(st.tensors(shapes, kind, layouts=["contiguous"], special=dtype is None)) / 3
    if dtype is None and draw(st.booleans()):
        values.view(-1)[values.numel() // 2] = float("nan")
    values.view(-1)[0] = 9
    values.view(-1)[-1] = -9
    return st.laid_out(values, draw(st.sampled_from(layouts)))


def wanted(x, lo, hi):
    x = torch.where(x < lo, torch.full_like(x, lo), x)
    return torch.where(x > hi, torch.full_like(x, hi), x)


@forall(x=spread(), bounds=BOUNDS, aliasing=True)
def test_writes_into_x(impl, x, bounds):
    """clamp_into_ brings the values of x between the bounds, in place, and returns x itself."""
    before, version = x.clone(), x._version
    result = impl.clamp_into_(x, *bounds)
    assert_same(x, wanted(before, *bounds))
    assert x._version > version, (
        "The values of x are right, but x._version is not higher: the write was hidden."
    )
    return result


@forall(
    base=spread(st.shapes(2, 2, min_side=2), ["contiguous"]),
    bounds=BOUNDS,
    x=st.sampled_from(sorted(VIEWS)),
    examples=15,
)
def test_is_seen_in_the_base(impl, base, bounds, x):
    """Where x is a view, clamp_into_ writes to the memory of its base."""
    lo, hi = bounds
    impl.clamp_into_(x=VIEWS[x](base), lo=lo, hi=hi)
    return base


@forall(x=st.tensors(dtype=st.dtypes(*KINDS)), bounds=BOUNDS, examples=20)
def test_writes_into_any_shape(impl, x, bounds):
    """clamp_into_ takes any shape, zero-size and 0-dim included, also where nothing is cut."""
    own = x.clone()
    result = impl.clamp_into_(own, *bounds)
    assert result is own, "clamp_into_ must return x itself."
    return result, own


@forall(x=st.one_of(spread(layouts=st.LAYOUTS), st.tensors()), bounds=BOUNDS, aliasing=True)
def test_leaves_x_alone(impl, x, bounds):
    """clamped gives the values between the bounds in new memory, and x is as it was."""
    lo, hi = bounds
    result = impl.clamped(x=x, lo=lo, hi=hi)
    assert_same(result, wanted(x, lo, hi))
    return result


@forall(x=spread(dtype=torch.float64, layouts=st.LAYOUTS), bounds=BOUNDS, examples=15)
def test_gradient_goes_through_the_copy(impl, x, bounds):
    """The gradient through clamped is 1 where a value was kept and 0 where it was cut."""
    lo, hi = bounds
    leaf = x.requires_grad_()
    result = impl.clamped(leaf, lo, hi)
    assert result.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(3 * result.sum(), leaf)
    assert_same(gradient, 3 * ((x > lo) & (x < hi)).to(x.dtype))
    return result, gradient


@misconception(
    of="clamp_into_",
    says="x = … gives a new tensor the name x, inside your function alone: the caller's tensor is "
    "as it was.",
)
def rebinds_the_name(x, lo, hi):
    x = torch.clamp(x, lo, hi)
    return x  # noqa: RET504 - as learners write


@misconception(
    of="clamp_into_",
    says="A write through .data is hidden from autograd: x._version stays as it was, and a "
    "gradient that needs the old values comes out wrong without an error.",
)
def writes_through_data(x, lo, hi):
    x.data.clamp_(lo, hi)
    return x


@misconception(
    of="clamp_into_",
    says="x is written to, but not returned. Operations in place give x back.",
)
def returns_nothing(x, lo, hi):
    x.clamp_(lo, hi)


@misconception(
    of="clamp_into_",
    says="x is written to, but what comes back is a copy: a later write to it is not seen in x.",
)
def returns_a_copy(x, lo, hi):
    x.copy_(x.clamp(lo, hi))
    return x.clone()


@misconception(
    of="clamp_into_",
    says="x.data = … gives x other memory. The base of a view, and other views, keep the old one.",
)
def swaps_the_memory(x, lo, hi):
    x.data = x.data.clamp(lo, hi)
    return x


@misconception(
    of="clamp_into_",
    says="What comes back has x's memory, but it is another object, a view or a detached tensor: "
    "the caller wants x itself.",
)
def writes_through_detach(x, lo, hi):
    return x.detach().clamp_(lo, hi)


@misconception(
    of="clamped",
    says="The underscore writes to x, and so does an assignment to x[…]. clamped must leave x as "
    "it was.",
)
def changes_x(x, lo, hi):
    return x.clamp_(lo, hi)


@misconception(
    of="clamped",
    says="No gradient can flow back to x: it was detached on the way, or nothing was recorded. "
    "clamped needs neither detach nor no_grad.",
)
def cuts_the_graph(x, lo, hi):
    return x.detach().clone().clamp_(lo, hi)
