"""Properties and misconceptions of shapes/unsqueeze_squeeze."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [torch.unsqueeze, torch.squeeze]
SHAPES = st.shapes(max_dims=3, max_side=2)
ONES = st.one_of(*(st.shapes(2, most, min_side=1, max_side=2) for most in (3, 4)), SHAPES)
EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def with_dim(draw, more, often, dtype=None):
    """x, half of the time one that requires grad, and a dim in the range of x.dim() + more."""
    shape = draw(ONES.filter(lambda shape: len(shape) + more > 0))
    grad = dtype is None and draw(st.booleans())
    dtype = dtype or (torch.float32 if grad else draw(st.ANY_DTYPE))
    count = len(shape) + more
    return {
        "x": draw(st.tensors(shape, dtype, requires_grad=grad)),
        "dim": draw(st.one_of(st.just(often), st.sampled_from(range(-count, count)))),
    }


@st.composite
def out_of_range(draw, more):
    """x, and a dim beyond one end of the range of x.dim() + more."""
    shape = draw(SHAPES.filter(lambda shape: len(shape) + more > 0))
    count = len(shape) + more
    beyond = draw(st.integers(0, 2))
    return {
        "x": draw(st.tensors(shape, layouts=["contiguous"])),
        "dim": count + beyond if draw(st.booleans()) else -count - 1 - beyond,
    }


# [...] below makes a view: whether the answer returns x or a view of it makes no difference.


@forall(
    with_dim(more=1, often=-1),
    ban=WITHOUT,
    tolerance=EXACT,
    aliasing=True,
    strata=st.telling_dtypes(lambda dtype: with_dim(1, -1, dtype)),
)
def test_unsqueeze_puts_a_dimension_in(impl, x, dim):
    """The result of unsqueeze is a view of x, with a dimension of length 1 at the place dim."""
    before = x.clone()
    result = impl.unsqueeze(x, dim)[...]
    assert_same(result, torch.unsqueeze(before, dim))
    return result


@forall(
    with_dim(more=0, often=0),
    ban=WITHOUT,
    tolerance=EXACT,
    aliasing=True,
    strata=st.telling_dtypes(lambda dtype: with_dim(0, 0, dtype)),
)
def test_squeeze_takes_one_dimension_out(impl, x, dim):
    """squeeze(x, dim) is a view of x without that dimension if its length is 1; if not, as x is."""
    before = x.clone()
    result = impl.squeeze(x=x, dim=dim)[...]
    assert_same(result, torch.squeeze(before, dim))
    return result


@forall(
    x=st.one_of(st.tensors(ONES, st.ANY_DTYPE), st.tensors(SHAPES, requires_grad=True)),
    ban=WITHOUT,
    tolerance=EXACT,
    aliasing=True,
    strata=st.telling_dtypes(lambda dtype: {"x": st.tensors(ONES, dtype)}),
)
def test_squeeze_takes_all_dimensions_out(impl, x):
    """squeeze(x) is a view of x without any of its dimensions of length 1."""
    before = x.clone()
    result = impl.squeeze(x)[...]
    assert_same(result, torch.squeeze(before))
    return result


@forall(out_of_range(more=1), raises=IndexError, examples=20)
def test_unsqueeze_refuses_other_dims(impl, x, dim):
    """unsqueeze raises an IndexError for a dim below -x.dim() - 1 or above x.dim()."""
    return impl.unsqueeze(x, dim)


@forall(out_of_range(more=0), raises=IndexError, examples=20)
def test_squeeze_refuses_other_dims(impl, x, dim):
    """squeeze raises an IndexError for a dim below -x.dim() or above x.dim() - 1."""
    return impl.squeeze(x, dim)


def checked(dim, count):
    if not -count <= dim < count:
        raise IndexError(f"dim {dim} is out of range")
    return dim % count


@misconception(
    of="unsqueeze",
    says="A negative dim counts from the end of the result, and the result has one dimension more "
    "than x. Yours ends up one place too early.",
)
def counts_from_the_end_of_x(x, dim):
    if not -x.dim() - 1 <= dim <= x.dim():
        raise IndexError(f"dim {dim} is out of range")
    place = dim + x.dim() if dim < 0 else dim
    return x.view(*x.shape[:place], 1, *x.shape[place:])


@misconception(
    of="unsqueeze",
    says="list.insert counts a negative place from the end of the list as it was, and takes any "
    "place for a good one. So do slices.",
)
def leaves_it_to_insert(x, dim):
    shape = list(x.shape)
    shape.insert(dim, 1)
    return x.view(shape)


@misconception(
    of="unsqueeze",
    says="list.insert and slices take any place for a good one: a dim that is too large or too "
    "small goes by without an error.",
)
def never_checks_the_range(x, dim):
    shape = list(x.shape)
    shape.insert(dim if dim >= 0 else max(dim + x.dim() + 1, 0), 1)
    return x.view(shape)


@misconception(
    of="unsqueeze",
    says="stack and cat copy: the values are right, but a write to the result would not be seen "
    "in x.",
)
def stacks(x, dim):
    return torch.stack([x], dim)


@misconception(
    of="squeeze",
    says="A dimension of another length than 1 stays as it is. That is no error.",
)
def refuses_other_lengths(x, dim=None):
    if dim is None:
        return x.view([side for side in x.shape if side != 1])
    place = checked(dim, x.dim())
    if x.shape[place] != 1:
        raise ValueError(f"dimension {dim} has length {x.shape[place]}, not 1")
    return x.view(x.shape[:place] + x.shape[place + 1 :])


@misconception(
    of="squeeze",
    says="0 counts as false in Python, and so your dim=0 is taken for no dim at all. Ask whether "
    "dim is None.",
)
def takes_0_for_none(x, dim=None):
    if not dim:
        return x.view([side for side in x.shape if side != 1])
    place = checked(dim, x.dim())
    return x.view(x.shape[:place] + x.shape[place + 1 :]) if x.shape[place] == 1 else x


@misconception(
    of="squeeze",
    says="Where dim is given, only that dimension may go. The others of length 1 stay.",
)
def ignores_the_dim(x, dim=None):
    if dim is not None:
        checked(dim, x.dim())
    return x.view([side for side in x.shape if side != 1])


@misconception(
    of="squeeze",
    says="Picking the first place of a dimension removes it whatever its length, and the other "
    "places are lost. A dimension longer than 1 must stay.",
)
def selects_the_first_place(x, dim=None):
    if dim is None:
        return x.view([side for side in x.shape if side != 1])
    return x.select(dim, 0)


@misconception(
    of="squeeze",
    says="% brings any dim into range, also one that is too large or too small. Such a dim must "
    "be refused before.",
)
def wraps_around(x, dim=None):
    if dim is None:
        return x.view([side for side in x.shape if side != 1])
    place = dim % x.dim()
    return x.view(x.shape[:place] + x.shape[place + 1 :]) if x.shape[place] == 1 else x
