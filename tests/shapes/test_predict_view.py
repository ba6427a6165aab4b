"""Properties and misconceptions of shapes/predict_view."""

import math
from itertools import pairwise

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "can_flatten answers from the numbers, without tensors or arrays."


@st.composite
def walks(draw, sides):
    """The shape and strides of a tensor, and a range of its dimensions.

    The strides are row-major but for what is drawn: two dimensions transposed, a gap behind one,
    one, two or all expanded.
    """
    shape = draw(st.lists(st.sampled_from(sides), min_size=2, max_size=4))
    count = len(shape)
    places = list(range(count))
    gap = draw(st.sampled_from((None, None, *places)))
    if draw(st.booleans()):
        swapped = draw(st.sampled_from(places[:-1]))
        places[swapped : swapped + 2] = reversed(places[swapped : swapped + 2])
    expanded = draw(st.sampled_from(((), (), (), *((i,) for i in places), places[-2:], places)))
    stride, step = [0] * count, 1
    for place in reversed(places):
        step *= 2 if place == gap else 1
        stride[place] = 0 if place in expanded else step
        step *= 1 if place in expanded else max(shape[place], 1)
    start = draw(st.integers(0, count - 1))
    return {
        "shape": tuple(shape),
        "stride": tuple(stride),
        "start": start,
        "end": draw(st.sampled_from(list(reversed(range(start, count))))),
    }


@st.composite
def odd_ones(draw):
    """Walks through dimensions of which some have length 1 and a stride of their own."""
    walk = draw(walks(sides=(1, 2, 3)))
    stray = draw(st.sampled_from((1, 5, 0)))
    sides = zip(walk["shape"], walk["stride"], strict=True)
    return {**walk, "stride": tuple(stray if side == 1 else step for side, step in sides)}


@st.composite
def empty_ones(draw):
    """Walks of tensors of which one side is 0, often outside of the range to flatten."""
    walk = draw(walks(sides=(2, 3)))
    shape = list(walk["shape"])
    places = (len(shape) - 1, 0, 1) if draw(st.booleans()) else (walk["start"], walk["end"])
    shape[draw(st.sampled_from(places))] = 0
    return {**walk, "shape": tuple(shape)}


def really_flattens(shape, stride, start, end):
    flat = (*shape[:start], math.prod(shape[start : end + 1]), *shape[end + 1 :])
    try:
        torch.empty_strided(shape, stride).view(flat)
    except RuntimeError:
        return False
    return True


@forall(walks(sides=(2, 3)), examples=80)
def test_predicts_view(impl, shape, stride, start, end):
    """can_flatten says whether view really flattens the dimensions from start to end."""
    with NoOperations(WITHOUT):
        answer = impl.can_flatten(shape, stride, start, end)
    assert_same(answer, really_flattens(shape, stride, start, end))
    return answer


CASES = {
    # shape, stride, start, end
    "the odd one in the middle": ((2, 1, 3), (3, 7, 1), 0, 2),
    "the odd one first": ((1, 2, 3), (1, 3, 1), 0, 2),
    "the odd one last": ((2, 3, 1), (3, 1, 5), 0, 2),
    "steps apart across the odd one": ((2, 1, 3), (4, 3, 1), 0, 2),
    "all of them odd": ((1, 1), (3, 0), 0, 1),
}
EMPTY = {
    "an empty side before a full one": ((0, 2, 3), (1, 1, 2), 1, 2),
    "an empty side behind full ones": ((2, 3, 0), (1, 2, 5), 0, 1),
    "an empty side between full ones": ((2, 0, 3), (1, 7, 2), 0, 2),
    "an empty side, and nothing else to flatten": ((3, 0), (1, 1), 0, 0),
}


def strata_of(cases):
    """Each of some walks as a stratum."""
    names = ("shape", "stride", "start", "end")
    return {
        name: {key: st.just(value) for key, value in zip(names, case, strict=True)}
        for name, case in cases.items()
    }


@forall(odd_ones(), examples=50, strata=strata_of(CASES))
def test_skips_dimensions_of_length_1(impl, shape, stride, start, end):
    """The stride of a dimension of length 1 makes no difference."""
    with NoOperations(WITHOUT):
        answer = impl.can_flatten(shape=shape, stride=stride, start=start, end=end)
    assert_same(answer, really_flattens(shape, stride, start, end))
    return answer


@forall(empty_ones(), strata=strata_of(EMPTY))
def test_flattens_what_is_empty(impl, shape, stride, start, end):
    """A tensor without elements can always be flattened."""
    with NoOperations(WITHOUT):
        answer = impl.can_flatten(shape, stride, start, end)
    assert_same(answer, really_flattens(shape, stride, start, end))
    return answer


def fits(shape, stride, dims):
    dims = [dim for dim in dims if shape[dim] != 1]
    pairs = pairwise(dims)
    return all(stride[one] == stride[two] * shape[two] for one, two in pairs)


@misconception(
    of="can_flatten",
    says="view does not ask for a contiguous tensor: one stride must lead through the dimensions "
    "from start to end, and it need not be 1.",
)
def asks_for_a_contiguous_tensor(shape, stride, start, end):
    return 0 in shape or (fits(shape, stride, range(len(shape))) and ends_with_1(shape, stride))


@misconception(
    of="can_flatten",
    says="The other dimensions stay as they are, and their strides make no difference. Compare "
    "those from start to end alone.",
)
def looks_at_every_dimension(shape, stride, start, end):
    return 0 in shape or fits(shape, stride, range(len(shape)))


@misconception(
    of="can_flatten",
    says="The innermost stride need not be 1. The elements may lie apart, as long as they lie "
    "equally far apart.",
)
def asks_for_a_contiguous_block(shape, stride, start, end):
    dims = range(start, end + 1)
    block = [shape[dim] for dim in dims], [stride[dim] for dim in dims]
    return 0 in shape or (fits(shape, stride, dims) and ends_with_1(*block))


def ends_with_1(shape, stride):
    return next((step for side, step in zip(shape, stride, strict=True) if side != 1), 1) == (
        math.prod([side for side in shape if side != 1][1:])
    )


@misconception(
    of="can_flatten",
    says="end is the last of the dimensions to flatten, and included. Yours stops before it.",
)
def leaves_the_end_out(shape, stride, start, end):
    return 0 in shape or fits(shape, stride, range(start, end))


@misconception(
    of="can_flatten",
    says="A step of a dimension is as long as a walk through the next one: the next one's size "
    "counts, not its own.",
)
def multiplies_by_its_own_size(shape, stride, start, end):
    dims = [dim for dim in range(start, end + 1) if shape[dim] != 1]
    pairs = pairwise(dims)
    return 0 in shape or all(stride[a] == stride[b] * shape[a] for a, b in pairs)


@misconception(
    of="can_flatten",
    says="In a dimension of length 1 no step is made, so its stride can be anything. Compare the "
    "neighbours on both sides of it.",
)
def trusts_the_stride_of_length_1(shape, stride, start, end):
    pairs = zip(range(start, end), range(start + 1, end + 1), strict=True)
    return 0 in shape or all(stride[a] == stride[b] * shape[b] for a, b in pairs)


@misconception(
    of="can_flatten",
    says="Where there are no elements there is no order to keep: view always works.",
)
def forgets_empty_tensors(shape, stride, start, end):
    return fits(shape, stride, range(start, end + 1))


@misconception(
    of="can_flatten",
    says="A stride of 0 is no obstacle by itself. Where every step is 0, a single stride of 0 "
    "leads through all of it.",
)
def refuses_stride_0(shape, stride, start, end):
    dims = [dim for dim in range(start, end + 1) if shape[dim] != 1]
    if 0 in shape:
        return True
    return fits(shape, stride, dims) and (len(dims) < 2 or all(stride[dim] for dim in dims))
