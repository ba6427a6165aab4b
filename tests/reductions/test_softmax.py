"""Properties and misconceptions of reductions/softmax."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [
    torch.softmax,
    torch.special.softmax,
    torch.log_softmax,
    torch.special.log_softmax,
    F.softmin,
]


@st.composite
def scores(draw, dtypes=None):
    """x and a dim of at least one element; most often a matrix or more."""
    shape = draw(st.one_of(st.shapes(2, 3, min_side=2), st.shapes(1, 3)))
    count = len(shape)
    dim = draw(st.sampled_from(range(-count, count)))
    shape = tuple(side or 2 if place == dim % count else side for place, side in enumerate(shape))
    return {
        "x": draw(st.tensors(shape, draw(st.dtypes() if dtypes is None else dtypes))),
        "dim": dim,
    }


@st.composite
def extreme_scores(draw):
    """Rows along dim with scores far apart, shifted by numbers that differ from row to row.

    In float64, where adding 10,000 leaves enough digits for any way to compute.
    """
    given = draw(scores(st.just(torch.float64)))
    x, dim = given["x"], given["dim"]
    place = torch.arange(x.numel()).view(x.shape)
    far = draw(st.sampled_from((0.0, 2000.0, 10000.0, float("inf"))))
    row = place.movedim(dim, 0)[:1].movedim(0, dim)
    first = place == row
    x = torch.where(first | (place % 3 > 0), x, -far if far else x)
    shift = draw(st.sampled_from((0.0, 10000.0, -10000.0, 800.0)))
    shifted = (x + shift * (1 - 2 * (row % 2))).clamp(-10000, 10000)
    return {"x": torch.where(x.isinf(), x, shifted), "dim": dim}


@st.composite
def weighted(draw):
    """Moderate or shifted scores in float64, and a gradient for each result."""
    given = draw(scores(st.just(torch.float64)))
    x = given["x"] + draw(st.sampled_from((0.0, 1000.0)))
    weights = draw(st.tensors(tuple(x.shape), torch.float64, layouts=["contiguous"]))
    return {"x": given["x"] if draw(st.booleans()) else x, "dim": given["dim"], "weights": weights}


@st.composite
def large_in_float32(draw):
    """Scores of which exp overflows or underflows in float32, far from where it does in float64.

    They are whole numbers, whose differences are exact.
    """
    x = draw(st.tensors((2, 3), torch.float32, values="steps", layouts=["contiguous"]))
    rows = torch.tensor([[draw(st.sampled_from((100.0, 110.0)))], [-115.0]])
    return {"x": x.round() + rows, "dim": draw(st.sampled_from((1, -1)))}


@st.composite
def forbidden_first(draw):
    """Rows that begin with two scores of -inf, and a gradient for each result."""
    tensors = st.tensors((2, 4), torch.float64, layouts=["contiguous"])
    x, weights = draw(tensors), draw(tensors)
    x[:, :2] = -torch.inf
    return {"x": x, "dim": draw(st.sampled_from((1, -1))), "weights": weights}


LARGE = {"scores of about 100 in float32": large_in_float32()}
FORBIDDEN = {"rows that begin with -inf": forbidden_first()}


def gradient_of(function, x, dim, weights):
    leaf = x.detach().requires_grad_()
    result = function(leaf, dim)
    assert result.requires_grad, "The result is cut off from x: no gradient can flow back."
    return torch.autograd.grad(result, leaf, weights)[0]


@forall(scores(), ban=WITHOUT)
def test_softmax_gives_probabilities(impl, x, dim):
    """softmax gives the share of each exp in the sum of its own row along dim."""
    before = x.clone()
    result = impl.softmax(x, dim)
    assert_same(result, torch.softmax(before, dim))
    return result


@forall(extreme_scores(), ban=WITHOUT, strata=LARGE)
def test_softmax_stands_large_scores(impl, x, dim):
    """softmax is right for scores up to ±10,000 and for -inf, whatever the other rows hold."""
    before = x.clone()
    result = impl.softmax(x=x, dim=dim)
    assert_same(result, torch.softmax(before, dim))
    return result


@forall(weighted(), ban=WITHOUT, examples=20, strata=FORBIDDEN)
def test_softmax_has_the_gradient(impl, x, dim, weights):
    """The gradient of softmax is right."""
    gradient = gradient_of(impl.softmax, x, dim, weights)
    assert_same(gradient, gradient_of(torch.softmax, x, dim, weights))
    return gradient


@forall(scores(), ban=WITHOUT)
def test_log_softmax_gives_logarithms(impl, x, dim):
    """log_softmax gives the logarithms of softmax's probabilities."""
    before = x.clone()
    result = impl.log_softmax(x, dim)
    assert_same(result, torch.log_softmax(before, dim))
    return result


@forall(extreme_scores(), ban=WITHOUT, strata=LARGE)
def test_log_softmax_stands_large_scores(impl, x, dim):
    """log_softmax is right for scores up to ±10,000 and for -inf, whatever the other rows hold."""
    before = x.clone()
    result = impl.log_softmax(x=x, dim=dim)
    assert_same(result, torch.log_softmax(before, dim))
    return result


@forall(weighted(), ban=WITHOUT, examples=20, strata=FORBIDDEN)
def test_log_softmax_has_the_gradient(impl, x, dim, weights):
    """The gradient of log_softmax is right."""
    gradient = gradient_of(impl.log_softmax, x, dim, weights)
    assert_same(gradient, gradient_of(torch.log_softmax, x, dim, weights))
    return gradient


@misconception(
    of="softmax",
    says="exp overflows for large scores, and rounds to 0 for very small ones. Shift each row "
    "before: that doesn't change the result.",
)
def never_shifts(x, dim):
    return x.exp() / x.exp().sum(dim, keepdim=True)


@misconception(
    of="softmax",
    says="The sum belongs to one row along dim. Yours is the sum of the whole tensor.",
)
def sums_over_everything(x, dim):
    exps = (x - x.amax(dim, keepdim=True)).exp()
    return exps / exps.sum()


@misconception(
    of="softmax",
    says="The largest score of the whole tensor is far above some rows: all their exps round to 0. "
    "Each row needs a shift of its own.",
)
def shifts_all_rows_alike(x, dim):
    exps = (x - x.max()).exp() if x.numel() else x.exp()
    return exps / exps.sum(dim, keepdim=True)


@misconception(
    of="softmax",
    says="A reduction drops its dimension, and what is left broadcasts from the right: the wrong "
    "rows meet, or none fit. Keep the dimension.",
)
def forgets_keepdim(x, dim):
    exps = (x - x.amax(dim, keepdim=True)).exp()
    return exps / exps.sum(dim)


@misconception(of="softmax", says="dim is never used: the last dimension isn't always the one.")
def always_takes_the_last(x, dim):
    if not x.shape[-1]:
        return x.exp()
    exps = (x - x.amax(-1, keepdim=True)).exp()
    return exps / exps.sum(-1, keepdim=True)


@misconception(
    of="log_softmax",
    says="A probability that has rounded to 0 has lost its logarithm. Simplify the formula so that "
    "the log is taken of the sum alone.",
)
def takes_the_log_of_softmax(x, dim):
    exps = (x - x.amax(dim, keepdim=True)).exp()
    return (exps / exps.sum(dim, keepdim=True)).log()


@misconception(
    of="log_softmax",
    says="exp overflows for large scores, and rounds to 0 for very small ones. Shift each row "
    "before the exp.",
)
def never_shifts_before_the_log(x, dim):
    return x - x.exp().sum(dim, keepdim=True).log()


@misconception(
    of="log_softmax",
    says="A small number within the log keeps -inf away, but changes the result. Nothing has to be "
    "added if the formula is simplified first.",
)
def adds_a_small_number(x, dim):
    exps = (x - x.amax(dim, keepdim=True)).exp()
    return (exps / exps.sum(dim, keepdim=True) + 1e-9).log()
