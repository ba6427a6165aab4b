"""Properties and misconceptions of shapes/flatten_batch."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded
BATCHES = st.shapes(2, 4, min_side=1)
EMPTY = st.tensors(st.sampled_from(((0, 2, 3), (2, 0, 3), (2, 3, 0))))


@st.composite
def flattenings(draw, dtype=st.ANY_DTYPE):
    """x in any layout, without zero-size sides, and a start."""
    shape = draw(st.one_of(st.shapes(2, 4, min_side=1), st.shapes(1, 3, min_side=2)))
    return {
        "x": draw(st.tensors(shape, dtype)),
        "start": draw(st.integers(0, len(shape) - 1)),
    }


@st.composite
def empty_ones(draw):
    """x with a side of length 0, the first or the last, and a start, most often 1."""
    first = draw(st.booleans())
    sides = draw(st.shapes(1, 3, min_side=1 if first else 0))
    shape = (0, *sides) if first else (*sides, 0)
    starts = (1, 1, *range(len(shape)))
    return {"x": draw(st.tensors(shape)), "start": draw(st.sampled_from(starts))}


# [...] below makes a view: whether the answer returns x or a view of it makes no difference.


@forall(
    x=st.tensors(BATCHES, st.ANY_DTYPE),
    ban=[torch.flatten],
    aliasing=True,
    tolerance=EXACT,
    strata=st.telling_dtypes(lambda dtype: {"x": st.tensors(BATCHES, dtype)}),
)
def test_makes_a_row_of_each_sample(impl, x):
    """Without start, each sample becomes one row: a view where x's layout allows it."""
    before = x.clone()
    rows = impl.flatten_from(x)[...]
    assert_same(rows, torch.flatten(before, 1))
    return rows


@forall(
    flattenings(),
    ban=[torch.flatten],
    aliasing=True,
    tolerance=EXACT,
    examples=40,
    strata=st.telling_dtypes(flattenings),
)
def test_flattens_from_start_on(impl, x, start):
    """The dimensions before start stay, and those from start on become one."""
    before = x.clone()
    result = impl.flatten_from(x=x, start=start)[...]
    assert_same(result, torch.flatten(before, start))
    return result


@forall(
    empty_ones(),
    ban=[torch.flatten],
    tolerance=EXACT,
    strata={
        "start at the first": {"x": EMPTY, "start": st.just(0)},
        "start behind the second": {"x": EMPTY, "start": st.just(2)},
    },
)
def test_keeps_an_empty_batch(impl, x, start):
    """Where a side is 0, the others still give the result its shape."""
    before = x.clone()
    rows = impl.flatten_from(x, start)
    assert_same(rows, torch.flatten(before, start))
    return rows


@misconception(
    of="flatten_from",
    says="-1 stands for the number of elements divided by the other sides. Where one of these is "
    "0 nobody can tell: work the length out from the shape.",
)
def leaves_the_length_to_torch(x, start=1):
    return x.reshape(*x.shape[:start], -1)


@misconception(
    of="flatten_from",
    says="view refuses some layouts, -1 can't be worked out for an empty batch, and start is never "
    "used.",
)
def views_as_n_and_the_rest(x, start=1):
    return x.view(x.shape[0], -1)


@misconception(
    of="flatten_from",
    says="-1 can't be worked out for an empty batch, and start is never used.",
)
def reshapes_to_n_and_the_rest(x, start=1):
    return x.reshape(x.shape[0], -1)


@misconception(
    of="flatten_from",
    says="view raises where the strides don't allow a view. A copy is right then.",
)
def insists_on_a_view(x, start=1):
    side = 1
    for length in x.shape[start:]:
        side *= length
    return x.view(*x.shape[:start], side)


@misconception(
    of="flatten_from",
    says="A tensor that isn't contiguous can still allow a view, and contiguous() copies it.",
)
def makes_it_contiguous_first(x, start=1):
    side = 1
    for length in x.shape[start:]:
        side *= length
    return x.contiguous().view(*x.shape[:start], side)


@misconception(
    of="flatten_from",
    says="The batch must stay: the dimensions before start are not flattened.",
)
def flattens_the_batch_too(x, start=1):
    return x.reshape(-1)


@misconception(
    of="flatten_from",
    says="start says which dimension is the first to be flattened. It isn't always 1.",
)
def always_starts_at_1(x, start=1):
    side = 1
    for length in x.shape[1:]:
        side *= length
    return x.reshape(x.shape[0], side)


@misconception(
    of="flatten_from",
    says="The dimensions before start stay apart from each other. Yours are flattened into one "
    "too.",
)
def makes_a_matrix(x, start=1):
    before = behind = 1
    for dim, length in enumerate(x.shape):
        before, behind = (before * length, behind) if dim < start else (before, behind * length)
    return x.reshape(before, behind)


@misconception(
    of="flatten_from",
    says="Not every result is to be a copy: where a view is possible it costs nothing, and shares "
    "x's memory.",
)
def always_copies(x, start=1):
    side = 1
    for length in x.shape[start:]:
        side *= length
    return x.clone().reshape(*x.shape[:start], side)
