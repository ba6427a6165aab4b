"""Properties and misconceptions of reductions/max_along."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [torch.max, torch.sort, torch.topk]
FLOATING = st.dtypes()
EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def reductions(draw, dtypes, special=False):
    """x with many equal values, a dim of at least one element, and keepdim."""
    shape = draw(st.one_of(st.shapes(2, 3, min_side=1), st.shapes(1, 4)))
    count = len(shape)
    dim = draw(st.sampled_from(range(-count, count)))
    shape = tuple(side or 2 if place == dim % count else side for place, side in enumerate(shape))
    return {
        "x": with_ties(draw(st.tensors(shape, draw(dtypes), special=special))),
        "dim": dim,
        "keepdim": draw(st.booleans()),
    }


def with_ties(x):
    """Few different values: every second time those of x become one of three."""
    return x.clamp(-1, 1) if x.numel() % 2 else x


@st.composite
def weighted(draw):
    """A reduction, and a gradient for each of its values."""
    given = draw(reductions(st.just(torch.float64)))
    shape = tuple(given["x"].amax(given["dim"], given["keepdim"]).shape)
    return {**given, "weights": draw(st.tensors(shape, torch.float64, layouts=["contiguous"]))}


@st.composite
def tied(draw, dtypes=FLOATING):
    """Rows whose largest value stands at two places."""
    x = draw(st.tensors((3, 4), draw(dtypes), layouts=["contiguous"]))
    first, second = draw(st.sampled_from(((0, 1), (1, 2), (0, 2))))
    x[:, first] = x[:, second] = x.amax(1)
    return {"x": x, "dim": draw(st.sampled_from((1, -1))), "keepdim": draw(st.booleans())}


@st.composite
def tied_and_weighted(draw):
    """Ties, and a gradient for each value."""
    given = draw(tied(st.just(torch.float64)))
    shape = (3, 1) if given["keepdim"] else (3,)
    return {**given, "weights": draw(st.tensors(shape, torch.float64, layouts=["contiguous"]))}


LAST_DIGITS = st.sampled_from(((0, 1, 0, 1), (0, 0, 1, 0), (0, 1, 1, 0))).map(torch.tensor)
NEARLY_EQUAL = {
    "int64 that differ in the last digit": LAST_DIGITS.map(lambda last: {"x": 2**53 + last}),
    "float64 that differ in the last digits": LAST_DIGITS.map(
        lambda last: {"x": 1 + last.double() * 2.0**-40}
    ),
}


@st.composite
def infinite_before_nan(draw):
    """A NaN behind an infinity."""
    x = draw(st.tensors((4,), draw(FLOATING), layouts=["contiguous"]))
    place = draw(st.integers(0, 2))
    x[place], x[place + 1] = float("inf"), float("nan")
    return {"x": x}


@st.composite
def far_apart(draw):
    """The largest value twice: late in the first row, and early in the second."""
    x = draw(st.tensors((2, 3), layouts=["contiguous"]))
    x[0, draw(st.integers(1, 2))] = x[1, 0] = x.amax() + 1
    return {"x": x}


ALONG = {"dim": st.sampled_from((0, -1)), "keepdim": st.booleans()}


def along(strategy):
    """The one dimension of those values to be reduced."""
    return st.tuples(strategy, st.fixed_dictionaries(ALONG)).map(lambda two: {**two[0], **two[1]})


@forall(
    reductions(st.dtypes(torch.float32, torch.float64, torch.int64, torch.float16)),
    ban=WITHOUT,
    tolerance=EXACT,
    strata={"ties": tied(), **{name: along(each) for name, each in NEARLY_EQUAL.items()}},
)
def test_finds_values_and_indices(impl, x, dim, keepdim):
    """max_along gives the largest values along dim and the first index of each, in x's layout."""
    before = x.clone()
    values, indices = impl.max_along(x, dim, keepdim)
    assert_same((values, indices), tuple(before.max(dim, keepdim)))
    return values, indices


@forall(
    reductions(st.just(torch.float32), special=True),
    ban=WITHOUT,
    tolerance=EXACT,
    strata={"an infinity before a NaN": along(infinite_before_nan())},
)
def test_takes_nan_for_the_largest(impl, x, dim, keepdim):
    """A NaN is the largest value, and the first NaN is the first of the largest."""
    before = x.clone()
    values, indices = impl.max_along(x=x, dim=dim, keepdim=keepdim)
    assert_same((values, indices), tuple(before.max(dim, keepdim)))
    return values, indices


def gradient_of_max(x, dim, keepdim, weights):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(leaf.max(dim, keepdim).values, leaf, weights)[0]


@forall(weighted(), ban=WITHOUT, strata={"ties": tied_and_weighted()})
def test_gradient_goes_to_one_element(impl, x, dim, keepdim, weights):
    """Each value's gradient arrives at the element that its index names; all else gets 0."""
    leaf = x.detach().requires_grad_()
    values, _ = impl.max_along(leaf, dim, keepdim)
    assert values.requires_grad, "The values are cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(values, leaf, weights)
    assert_same(gradient, gradient_of_max(x, dim, keepdim, weights))
    return values, gradient


@forall(x=st.tensors(st.shapes(2, 3, min_side=1)), ban=WITHOUT)
def test_drops_dim_unless_told(impl, x):
    """Without keepdim the reduced dimension is gone from both results."""
    return impl.max_along(x, 1)


@forall(
    x=st.one_of(
        st.tensors(st.shapes(2, 3, min_side=2), st.dtypes(torch.float32, torch.int64)),
        st.tensors(st.shapes(min_side=1), special=True),
    ).map(with_ties),
    ban=WITHOUT,
    strata={
        "ties in two rows": far_apart(),
        **NEARLY_EQUAL,
        "an infinity before a NaN": infinite_before_nan(),
    },
)
def test_finds_the_coordinates(impl, x):
    """argmax_coords gives one int for each dimension: the place of the first largest element."""
    coordinates = impl.argmax_coords(x)
    assert_same(coordinates, first_of_the_largest(x))
    return coordinates


def first_of_the_largest(x):
    largest = (x == x.amax()) | x.isnan()
    return tuple(largest.nonzero()[0].tolist())


@misconception(
    of="max_along",
    says="argmax without dim counts through all elements of x. The indices along dim are wanted, "
    "one for each result.",
)
def takes_the_flat_argmax(x, dim, keepdim=False):
    return x.amax(dim, keepdim), x.argmax()


@misconception(of="max_along", says="keepdim is never used: the reduced dimension is always gone.")
def loses_keepdim(x, dim, keepdim=False):
    indices = x.argmax(dim, keepdim=True)
    return x.gather(dim, indices).squeeze(dim), indices.squeeze(dim)


@misconception(
    of="max_along",
    says="keepdim is never used: the reduced dimension stays with length 1, also where it should "
    "go.",
)
def always_keeps(x, dim, keepdim=False):
    indices = x.argmax(dim, keepdim=True)
    return x.gather(dim, indices), indices


@misconception(
    of="max_along",
    says="squeeze() without a dimension removes every side of length 1, not only the one that was "
    "reduced.",
)
def squeezes_every_dimension(x, dim, keepdim=False):
    indices = x.argmax(dim, keepdim=True)
    values = x.gather(dim, indices)
    return (values, indices) if keepdim else (values.squeeze(), indices.squeeze())


@misconception(
    of="max_along",
    says="amax shares the gradient among equal values. All of it belongs to the element that the "
    "index names.",
)
def takes_the_values_from_amax(x, dim, keepdim=False):
    return x.amax(dim, keepdim), x.argmax(dim, keepdim)


@misconception(
    of="max_along",
    says="A NaN equals nothing, not even itself: == never finds it.",
)
def compares_with_amax(x, dim, keepdim=False):
    indices = (x == x.amax(dim, keepdim=True)).int().argmax(dim, keepdim=True)
    values = x.gather(dim, indices)
    return (values, indices) if keepdim else (values.squeeze(dim), indices.squeeze(dim))


@misconception(
    of="max_along",
    says="Of several equal values the first counts. Yours finds the last.",
)
def finds_the_last(x, dim, keepdim=False):
    indices = x.shape[dim] - 1 - x.flip(dim).argmax(dim, keepdim=True)
    values = x.gather(dim, indices)
    return (values, indices) if keepdim else (values.squeeze(dim), indices.squeeze(dim))


@misconception(
    of="argmax_coords",
    says="argmax without dim gives one number, which counts through all elements in row-major "
    "order. The sides of x turn it into coordinates.",
)
def gives_the_flat_index(x):
    return (int(x.argmax()),)


@misconception(
    of="argmax_coords",
    says="The flat index counts in the order of the shape, not of the memory: strides tell about "
    "memory. Divide by sides, or by products of sides.",
)
def divides_by_the_strides(x):
    place, coordinates = int(x.argmax()), []
    for step in x.stride():
        coordinates.append(place // max(step, 1))
        place %= max(step, 1)
    return tuple(coordinates)


@misconception(
    of="argmax_coords",
    says="Each coordinate is found by itself. Where the largest value occurs more than once, they "
    "can belong to different elements.",
)
def looks_at_each_dimension_alone(x):
    dims = range(x.dim())
    others = ([other for other in dims if other != dim] for dim in dims)
    return tuple(int((x.amax(rest) if rest else x).argmax()) for rest in others)
