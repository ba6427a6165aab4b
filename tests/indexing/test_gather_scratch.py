"""Properties and misconceptions of indexing/gather_scratch."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [torch.gather, torch.take_along_dim, torch.ops.aten.gather]

FILLED = st.one_of(st.shapes(2, 3, min_side=2), st.shapes(1, 3, min_side=1))
SHAPES = st.one_of(FILLED, st.shapes(1, 3))

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def lookups(draw, dtype=torch.float32, special=False, shapes=SHAPES, counts=(2, 1, 3, 4, 0)):
    """x, a dim from either end, and an index that may be shorter than x, or longer along dim."""
    shape = draw(shapes)
    dim = draw(st.integers(0, len(shape) - 1))
    lengths = [max(length - draw(st.integers(0, 1)), min(length, 1)) for length in shape]
    lengths[dim] = draw(st.sampled_from(counts)) if shape[dim] else 0
    x = draw(st.tensors(shape, dtype, layouts=["contiguous"], special=special))
    return {
        "x": st.laid_out(x, draw(st.sampled_from(st.LAYOUTS))),
        "dim": dim - draw(st.sampled_from((0, len(shape)))),
        "index": draw(st.labels(max(shape[dim], 1), shape=tuple(lengths))),
    }


@st.composite
def weighted_lookups(draw):
    """A lookup, and a gradient for each value of its result."""
    lookup = draw(lookups(torch.float64, shapes=FILLED, counts=(2, 1, 3, 4)))
    return {**lookup, "weights": draw(st.tensors(tuple(lookup["index"].shape), torch.float64))}


def cube_of(size):
    index = torch.arange(size).expand(size, size).t()
    return {"x": torch.arange(size**3).view(size, size, size), "dim": 1, "index": index[None]}


@forall(
    lookups(st.ANY_DTYPE),
    ban=WITHOUT,
    vectorized=cube_of,
    tolerance=EXACT,
    strata=st.telling_dtypes(lookups),
)
def test_agrees_with_torch_gather(impl, x, dim, index):
    """Each value is read at the place along dim that the index names, for any shapes that fit."""
    values = impl.gather(x, dim, index)
    assert_same(values, torch.gather(x, dim, index))
    return values


@st.composite
def beside_a_nan(draw):
    """A lookup of the first places along dim, where all others are NaN or infinite."""
    x = draw(st.tensors((3, 2), layouts=["contiguous"])).clone()
    x[1:] = draw(st.sampled_from((float("nan"), float("inf"))))
    return {"x": x, "dim": draw(st.sampled_from((0, -2))), "index": torch.zeros(2, 2).long()}


@forall(
    lookups(special=True),
    ban=WITHOUT,
    tolerance=EXACT,
    strata={"NaN beside what is named": beside_a_nan()},
)
def test_other_values_have_no_influence(impl, x, dim, index):
    """A NaN or an infinity in x shows only where the index names it."""
    values = impl.gather(x=x, dim=dim, index=index)
    assert_same(values, torch.gather(x, dim, index))
    return values


@forall(weighted_lookups(), ban=WITHOUT, examples=20)
def test_gradient_returns_to_where_values_were_read(impl, x, dim, index, weights):
    """Gradients are added up at the places in x that were read; all other places get 0."""
    leaf = x.detach().requires_grad_()
    values = impl.gather(leaf, dim, index)
    assert values.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(values, leaf, weights)
    assert_same(gradient, x.new_zeros(x.shape).scatter_add(dim, index, weights))
    return values, gradient


def counting(lengths, device):
    """For each dimension a tensor that counts along it."""
    return list(torch.meshgrid([torch.arange(n, device=device) for n in lengths], indexing="ij"))


@misconception(
    of="gather",
    says="The index can be shorter than x, and longer along dim. The result has the shape of the "
    "index: count up to its lengths.",
)
def assumes_equal_shapes(x, dim, index):
    places = counting(x.shape, x.device)
    places[dim] = index
    return x[tuple(places)]


@misconception(
    of="gather",
    says="A negative dim counts from the end. Yours never equals the number of a dimension, so the "
    "index isn't used.",
)
def never_meets_a_negative_dim(x, dim, index):
    places = counting(index.shape, x.device)
    return x[tuple(index if d == dim else places[d] for d in range(x.dim()))]


@misconception(
    of="gather",
    says="The index names places along dim. Yours always takes them along the last dimension.",
)
def always_the_last_dimension(x, dim, index):
    places = counting(index.shape, x.device)
    places[-1] = index
    return x[tuple(places)]


@misconception(
    of="gather",
    says="The index names places along dim. Yours always takes them along the first dimension.",
)
def always_the_first_dimension(x, dim, index):
    places = counting(index.shape, x.device)
    places[0] = index
    return x[tuple(places)]


@misconception(
    of="gather",
    says="An index for one dimension alone takes whole slices, the same for all the others. You "
    "want a single value for each place of the index: every dimension needs an index of its own.",
)
def takes_whole_slices(x, dim, index):
    return x.movedim(dim, 0)[index]


@misconception(
    of="gather",
    says="index_select takes whole slices by a flat list of places. Here each place of the index "
    "names its own value.",
)
def selects_slices(x, dim, index):
    return x.index_select(dim, index.flatten())


@misconception(
    of="gather",
    says="x.stride() says how x lies in memory. take and flatten count the elements in reading "
    "order, which is another order where x is not contiguous.",
)
def takes_strides_for_places(x, dim, index):
    places = counting(index.shape, x.device)
    places[dim] = index
    flat = sum(place * step for place, step in zip(places, x.stride(), strict=True))
    return torch.take(x, flat)


@misconception(
    of="gather",
    says="A counting tensor without a shape of its own runs along the last dimension, for "
    "whichever dimension of x it is used. Shape each one so that it counts along its own.",
)
def counts_along_the_last_dimension(x, dim, index):
    places = [torch.arange(n, device=x.device) for n in index.shape]
    places[dim] = index
    return x[tuple(places)]
