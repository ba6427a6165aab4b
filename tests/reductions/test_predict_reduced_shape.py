"""Properties and misconceptions of reductions/predict_reduced_shape."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "reduced answers from the numbers, without tensors or arrays."

# Sides that differ, so that it shows which one is gone.
SHAPES = st.one_of(
    st.permutations((2, 3, 4, 1)).map(tuple),
    st.permutations((3, 0, 2)).map(tuple),
    st.shapes(1, 3),
)


@st.composite
def single(draw):
    """A shape and one of its dimensions."""
    shape = draw(SHAPES)
    return {"shape": shape, "dim": draw(st.sampled_from(range(-len(shape), len(shape))))}


@st.composite
def several(draw):
    """A shape and some of its dimensions, in any order, each counted from either end."""
    shape = draw(SHAPES)
    count = len(shape)
    dims = draw(st.permutations(range(count)))[: draw(st.sampled_from((2, 2, 3, 1)))]
    from_the_end = draw(st.lists(st.booleans(), min_size=len(dims), max_size=len(dims)))
    pairs = zip(dims, from_the_end, strict=True)
    return {"shape": shape, "dim": tuple(dim - count if end else dim for dim, end in pairs)}


@forall(single(), keepdim=st.booleans())
def test_reduces_one_dimension(impl, shape, dim, keepdim):
    """One dimension is gone, or has length 1 with keepdim, as when the sum is really taken."""
    with NoOperations(WITHOUT):
        answer = impl.reduced(shape, dim, keepdim)
    assert_same(answer, torch.zeros(shape).sum(dim, keepdim).shape)
    return answer


@forall(several(), keepdim=st.booleans(), examples=40)
def test_reduces_several_dimensions(impl, shape, dim, keepdim):
    """dim names positions in the shape of x, in any order: all of these are reduced."""
    with NoOperations(WITHOUT):
        answer = impl.reduced(shape=shape, dim=dim, keepdim=keepdim)
    assert_same(answer, torch.zeros(shape).sum(dim, keepdim).shape)
    return answer


@forall(shape=st.shapes(), keepdim=st.booleans())
def test_reduces_all_dimensions(impl, shape, keepdim):
    """None stands for all dimensions."""
    with NoOperations(WITHOUT):
        answer = impl.reduced(shape, None, keepdim)
    assert_same(answer, torch.zeros(shape).sum(None, keepdim).shape)
    return answer


def places(shape, dim):
    dims = range(len(shape)) if dim is None else (dim,) if isinstance(dim, int) else dim
    return [each % len(shape) for each in dims]


def kept(shape, gone):
    return tuple(1 if place in gone else side for place, side in enumerate(shape))


def dropped(shape, gone):
    return tuple(side for place, side in enumerate(shape) if place not in gone)


@misconception(
    of="reduced",
    says="Without keepdim a reduced dimension is gone. Yours always stays, with length 1.",
)
def always_keeps(shape, dim, keepdim):
    return kept(shape, places(shape, dim))


@misconception(
    of="reduced",
    says="With keepdim=True a reduced dimension stays, with length 1. Yours is always gone.",
)
def always_drops(shape, dim, keepdim):
    return dropped(shape, places(shape, dim))


@misconception(
    of="reduced",
    says="When one position is removed from a list, those behind it shift: the next number of dim "
    "then names another one.",
)
def pops_while_they_shift(shape, dim, keepdim):
    if keepdim:
        return kept(shape, places(shape, dim))
    if dim is None:
        return ()
    sides = list(shape)
    for place in (dim,) if isinstance(dim, int) else dim:
        sides.pop(place)
    return tuple(sides)


@misconception(
    of="reduced",
    says="A negative dim counts from the end. A comparison with positions from 0 on never meets "
    "it, so nothing is reduced.",
)
def overlooks_negative_dims(shape, dim, keepdim):
    gone = range(len(shape)) if dim is None else (dim,) if isinstance(dim, int) else dim
    return kept(shape, gone) if keepdim else dropped(shape, gone)


@misconception(
    of="reduced",
    says="0 counts as false in Python, and so your dim=0 is taken for None. Ask whether dim is "
    "None.",
)
def takes_0_for_none(shape, dim, keepdim):
    gone = places(shape, dim or None)
    return kept(shape, gone) if keepdim else dropped(shape, gone)


@misconception(
    of="reduced",
    says="keepdim holds for dim=None too: every dimension stays, with length 1.",
)
def drops_all_for_none(shape, dim, keepdim):
    if dim is None:
        return ()
    gone = places(shape, dim)
    return kept(shape, gone) if keepdim else dropped(shape, gone)


@misconception(
    of="reduced",
    says="keepdim=True doesn't keep the length: what is reduced has length 1 afterwards.",
)
def keeps_the_length(shape, dim, keepdim):
    return tuple(shape) if keepdim else dropped(shape, places(shape, dim))


@misconception(
    of="reduced",
    says="Only the dimensions that dim names go. Others of length 1 stay.",
)
def drops_every_1(shape, dim, keepdim):
    whole = kept(shape, places(shape, dim))
    return whole if keepdim else tuple(side for side in whole if side != 1)
