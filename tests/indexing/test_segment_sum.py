"""Properties and misconceptions of indexing/segment_sum."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

COUNTS = (2, 3, 1, 4, 5, 0)
SLICES = st.one_of(st.shapes(1, 2, min_side=1), st.shapes(0, 2))


@st.composite
def segmented(draw, dtype=torch.float32, counts=COUNTS, slices=SLICES, special=False):
    """Values, the segment of each, and a number of segments of which some may be empty."""
    n = draw(st.sampled_from((2, 3, 4, 1)))
    shape = (draw(st.sampled_from(counts)), *draw(slices))
    kind = dtype if isinstance(dtype, torch.dtype) else draw(dtype)
    # In float16 sums of tenths are not the same in any order.
    values = "steps" if kind is torch.float16 else "digits"
    return {
        "values": draw(st.tensors(shape, kind, values=values, special=special)),
        "segments": draw(st.labels(n, shape=shape[:1])),
        "n": n + draw(st.sampled_from((0, 1))),
    }


@st.composite
def spoiled(draw):
    """Values of which one is a NaN or an infinity."""
    drawn = draw(segmented(draw(st.dtypes()), (2, 3, 1, 4, 5), st.shapes(0, 2, min_side=1)))
    values = drawn["values"].clone()
    place = tuple(draw(st.integers(0, side - 1)) for side in values.shape)
    values[place] = draw(st.sampled_from((float("nan"), float("inf"), float("-inf"))))
    return {**drawn, "values": values}


@st.composite
def weighted(draw):
    """Values in segments, and a gradient for each sum."""
    drawn = draw(segmented(torch.float64, (2, 3, 1, 4, 5), st.shapes(0, 2, min_side=1)))
    shape = (drawn["n"], *drawn["values"].shape[1:])
    return {**drawn, "weights": draw(st.tensors(shape, torch.float64))}


def as_many_segments(size):
    values = torch.arange(2 * size * size).view(2 * size, size)
    return {"values": values, "segments": torch.arange(2 * size) % size, "n": size}


def reference(values, segments, n):
    """The sums by a mask of what belongs where."""
    member = F.one_hot(segments, n).bool().T.reshape(n, len(values), *[1] * (values.dim() - 1))
    zero = torch.zeros((), dtype=values.dtype, device=values.device)
    return torch.where(member, values, zero).sum(1, dtype=values.dtype)


@forall(
    segmented(st.dtypes(torch.float32, torch.float64, torch.float16, torch.int64)),
    vectorized=as_many_segments,
)
def test_adds_up_each_segment(impl, values, segments, n):
    """Each segment has the sum of all its values, and 0 where it has none."""
    sums = impl.segment_sum(values, segments, n)
    assert_same(sums, reference(values, segments, n))
    return sums


@forall(spoiled())
def test_segments_stay_apart(impl, values, segments, n):
    """A NaN or an infinity shows in the sum of its own segment alone."""
    sums = impl.segment_sum(values=values, segments=segments, n=n)
    assert_same(sums, reference(values, segments, n))
    return sums


@forall(weighted())
def test_gradient_goes_to_each_value(impl, values, segments, n, weights):
    """Each value gets the gradient of its segment's sum."""
    leaf = values.detach().requires_grad_()
    sums = impl.segment_sum(leaf, segments, n)
    assert sums.requires_grad, "The result is cut off from values: no gradient can flow back."
    (gradient,) = torch.autograd.grad(sums, leaf, weights)
    assert_same(gradient, weights[segments])
    return sums, gradient


def zeros_for(values, n):
    return torch.zeros(n, *values.shape[1:], dtype=values.dtype, device=values.device)


def in_columns(segments, values):
    """The segments with a dimension of length 1 for each further one of the values."""
    return segments.view(-1, *[1] * (values.dim() - 1))


@misconception(
    of="segment_sum",
    says="Writing through an index keeps one value for each place. sums[segments] += values is no "
    "exception: it reads, adds and then writes, and of a segment's values only one is kept.",
)
def keeps_one_value_per_segment(values, segments, n):
    sums = zeros_for(values, n)
    sums[segments] += values
    return sums


@misconception(
    of="segment_sum",
    says="Zeros are float32 and on the CPU unless you say otherwise: the values may be something "
    "else, and elsewhere.",
)
def makes_plain_zeros(values, segments, n):
    return torch.zeros(n, *values.shape[1:]).index_add(0, segments, values)


@misconception(
    of="segment_sum",
    says="The number of segments is n. The largest number in segments tells only which of them "
    "happen to occur.",
)
def counts_the_segments_itself(values, segments, n):
    found = int(segments.max()) + 1
    return zeros_for(values, found).index_add(0, segments, values)


@misconception(
    of="segment_sum",
    says="scatter_add takes as many values as its index has: an index with one column adds up the "
    "first column alone.",
)
def adds_the_first_column_alone(values, segments, n):
    return zeros_for(values, n).scatter_add(0, in_columns(segments, values), values)


@misconception(
    of="segment_sum",
    says="scatter_add wants an index with as many dimensions as the values. segments has one.",
)
def scatters_by_a_flat_index(values, segments, n):
    return zeros_for(values, n).scatter_add(0, segments, values)


@misconception(
    of="segment_sum",
    says="The product with a one-hot matrix reads every value for every segment: 0 times NaN is "
    "NaN, and so is 0 times infinity.",
)
def multiplies_by_a_one_hot_matrix(values, segments, n):
    return torch.tensordot(F.one_hot(segments, n).to(values.dtype), values, ([0], [0]))


@misconception(
    of="segment_sum",
    says="That is the mean of each segment. You want the sum.",
)
def averages_each_segment(values, segments, n):
    counts = torch.bincount(segments, minlength=n).clamp(min=1)
    sums = zeros_for(values, n).index_add(0, segments, values)
    return (sums / in_columns(counts, values)).to(values.dtype)


@misconception(
    of="segment_sum",
    says="Segments name slices along the first dimension of values. Yours adds along the last one.",
)
def adds_along_the_last_dimension(values, segments, n):
    sums = torch.zeros(*values.shape[:-1], n, dtype=values.dtype, device=values.device)
    return sums.index_add(-1, segments, values)
