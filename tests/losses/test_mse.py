"""Properties and misconceptions of losses/mse."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

REDUCTIONS = ("mean", "sum", "none")
WITHOUT = [F.mse_loss, torch.ops.aten.mse_loss, torch.Tensor.tolist, torch.Tensor.numpy]
DOUBLE = (1e-12, 1e-12)  # of values that need all digits of float64
SHAPES = st.one_of(st.shapes(1, 2, min_side=2), st.sampled_from(((3, 1), (1, 3))), st.shapes(0, 3))


@st.composite
def pairs(draw, dtype=None, special=False, empty=True):
    """Predictions and targets of one shape and dtype, with values that need all digits."""
    shape = draw(SHAPES if empty else st.shapes(0, 2, min_side=1))
    dtype = draw(st.dtypes()) if dtype is None else dtype
    parts = [draw(st.tensors(shape, dtype, layouts=["contiguous"], special=special)) for _ in "pt"]
    pred, target = (part / 3 for part in parts)
    return {
        "pred": st.laid_out(pred, draw(st.sampled_from(st.LAYOUTS))),
        "target": st.laid_out(target, draw(st.sampled_from(st.LAYOUTS))),
    }


@st.composite
def large_neighbours(draw):
    """Predictions near 10,000, each a quarter or two away from its target."""
    shape = draw(st.shapes(1, 2, min_side=1))
    steps = draw(st.tensors(shape, layouts=["contiguous"], unique=True))
    return {"pred": 10_000 + steps, "target": 10_000 + steps.roll(1)}


@st.composite
def weighted_pairs(draw):
    """Pairs in float64, how to reduce them, and a gradient for each error."""
    drawn = draw(pairs(torch.float64))
    weights = draw(st.tensors(tuple(drawn["pred"].shape), torch.float64)) / 3
    return {**drawn, "weights": weights}


TWO_SHAPES = st.one_of(
    st.sampled_from(
        (
            ((3, 1), (3,)),
            ((3,), (3, 1)),
            ((3,), ()),
            ((), (1,)),
            ((2, 3), (3,)),
            ((2, 3), (1, 3)),
            ((2, 3), (3, 2)),
            ((2, 3), (6,)),
            ((4, 1), (2, 2)),
            ((0,), (0, 3)),
            ((0,), (1,)),
            ((2,), (3,)),
        )
    ),
    st.tuples(st.shapes(0, 3), st.shapes(0, 3)),
).filter(lambda shapes: shapes[0] != shapes[1])


@st.composite
def of_two_shapes(draw):
    shapes = draw(TWO_SHAPES)
    pred, target = (draw(st.tensors(shape)) for shape in shapes)
    return {"pred": pred, "target": target}


def square_of(size):
    pred = torch.arange(size * size, dtype=torch.float32).view(size, size)
    return {"pred": pred, "target": pred.flip(0), "reduction": "mean"}


def square_of_errors(size):
    return {**square_of(size), "reduction": "none"}


def square_to_add_up(size):
    return {**square_of(size), "reduction": "sum"}


@forall(
    pairs(),
    reduction=st.sampled_from(REDUCTIONS),
    ban=WITHOUT,
    vectorized=square_of,
    aliasing=True,
)
def test_reduces_the_squared_errors(impl, pred, target, reduction):
    """mse gives the squared errors as reduction says, for any shape, in memory of their own."""
    loss = impl.mse(pred, target, reduction)
    assert_same(loss, F.mse_loss(pred, target, reduction=reduction))
    return loss


@forall(pairs(), ban=WITHOUT)
def test_mean_is_the_default(impl, pred, target):
    """Without reduction it is the mean over all elements; arguments may come by name."""
    loss = impl.mse(target=target, pred=pred)
    assert_same(loss, F.mse_loss(pred, target))
    return loss


@forall(
    pairs(torch.float64),
    reduction=st.sampled_from(REDUCTIONS),
    ban=WITHOUT,
    vectorized=square_of_errors,
    tolerance=DOUBLE,
)
def test_keeps_all_digits(impl, pred, target, reduction):
    """float64 arguments are computed with in float64."""
    loss = impl.mse(pred=pred, target=target, reduction=reduction)
    assert_same(loss, F.mse_loss(pred, target, reduction=reduction), DOUBLE)
    return loss


@forall(
    large_neighbours(),
    reduction=st.sampled_from(REDUCTIONS),
    ban=WITHOUT,
    vectorized=square_to_add_up,
)
def test_large_numbers_close_together(impl, pred, target, reduction):
    """The error of two large numbers that lie close together is exact."""
    loss = impl.mse(pred, target, reduction)
    assert_same(loss, F.mse_loss(pred, target, reduction=reduction))
    return loss


@forall(pairs(special=True), reduction=st.sampled_from(REDUCTIONS), ban=WITHOUT)
def test_infinities_and_nan(impl, pred, target, reduction):
    """An infinite error is infinite, and a NaN stays visible, in its own element."""
    loss = impl.mse(pred, target, reduction)
    assert_same(loss, F.mse_loss(pred, target, reduction=reduction))
    return loss


@forall(
    of_two_shapes(),
    reduction=st.sampled_from(REDUCTIONS),
    raises=ValueError,
    strata={
        "as many rows": {"pred": st.tensors((3, 1)), "target": st.tensors((3, 3))},
        "as many columns": {"pred": st.tensors((2, 3)), "target": st.tensors((1, 3))},
    },
)
def test_refuses_two_shapes(impl, pred, target, reduction):
    """Shapes that differ are refused with a ValueError, broadcastable or not."""
    return impl.mse(pred, target, reduction)


@forall(
    pairs(),
    reduction=st.sampled_from(("average", "", "Mean", "batchmean", "sums")),
    raises=ValueError,
)
def test_refuses_other_reductions(impl, pred, target, reduction):
    """A reduction that is none of the three is refused with a ValueError."""
    return impl.mse(pred, target, reduction)


def gradients(function, pred, target, reduction, weights, wanted):
    leaves = {"pred": pred.detach().clone(), "target": target.detach().clone()}
    for name in wanted:
        leaves[name].requires_grad_()
    loss = function(leaves["pred"], leaves["target"], reduction=reduction)
    weights = weights if loss.dim() == weights.dim() else loss.detach() * 0 + 0.5
    return torch.autograd.grad(loss, [leaves[name] for name in wanted], weights)


@forall(
    weighted_pairs(),
    reduction=st.sampled_from(REDUCTIONS),
    wanted=st.sampled_from((["pred"], ["target"], ["pred", "target"])),
    ban=WITHOUT,
    tolerance=DOUBLE,
)
def test_gradients_reach_both(impl, pred, target, reduction, weights, wanted):
    """The gradient reaches pred, target or both, whichever require grad."""
    found = gradients(impl.mse, pred, target, reduction, weights, wanted)
    assert_same(found, gradients(F.mse_loss, pred, target, reduction, weights, wanted), DOUBLE)
    return found


def reduced(errors, reduction):
    """What the misconceptions have in common."""
    if reduction not in REDUCTIONS:
        raise ValueError(reduction)
    return errors if reduction == "none" else getattr(errors, reduction)()


def same_shape(pred, target):
    if pred.shape != target.shape:
        raise ValueError("the shapes differ")


@misconception(
    of="mse",
    says="Where the shapes differ, torch broadcasts: (n, 1) against (n,) holds every prediction to "
    "every target. Compare the shapes first, and raise.",
)
def broadcasts(pred, target, reduction="mean"):
    return reduced((pred - target) ** 2, reduction)


@misconception(
    of="mse",
    says="Bringing the target into the shape of pred hides the mistake of the caller: (2, 3) "
    "against (3, 2) would pair the wrong elements. Raise where the shapes differ.",
)
def reshapes_the_target(pred, target, reduction="mean"):
    if pred.numel() != target.numel():
        raise ValueError("the sizes differ")
    return reduced((pred - target.reshape(pred.shape)) ** 2, reduction)


@misconception(
    of="mse",
    says="The shapes can differ though the number of dimensions, or the length of the batch, is "
    "the same. Compare all of the shape.",
)
def counts_dimensions(pred, target, reduction="mean"):
    if pred.dim() != target.dim():
        raise ValueError("the dimensions differ")
    return reduced((pred - target) ** 2, reduction)


@misconception(
    of="mse",
    says="The mean is taken over all elements. Yours divides by the number of rows.",
)
def divides_by_the_batch(pred, target, reduction="mean"):
    same_shape(pred, target)
    errors = (pred - target) ** 2
    if reduction == "mean" and pred.dim():
        return errors.sum() / len(pred)
    return reduced(errors, reduction)


@misconception(
    of="mse",
    says="reduction is never used: the result is always the mean.",
)
def always_the_mean(pred, target, reduction="mean"):
    same_shape(pred, target)
    reduced(pred, reduction)
    return ((pred - target) ** 2).mean()


@misconception(
    of="mse",
    says="A misspelt reduction gets an answer, as if it had been one of the three. Refuse what "
    "you don't know.",
)
def takes_any_reduction(pred, target, reduction="mean"):
    same_shape(pred, target)
    errors = (pred - target) ** 2
    if reduction == "none":
        return errors
    return errors.sum() if reduction == "sum" else errors.mean()


@misconception(
    of="mse",
    says="The root of the mean is another measure, the RMSE, and its gradient is another too.",
)
def takes_the_root(pred, target, reduction="mean"):
    same_shape(pred, target)
    loss = reduced((pred - target) ** 2, reduction)
    return loss.sqrt() if reduction == "mean" else loss


@misconception(
    of="mse",
    says="The half that makes the derivative look tidy is not part of the mean squared error.",
)
def halves(pred, target, reduction="mean"):
    same_shape(pred, target)
    return reduced((pred - target) ** 2 / 2, reduction)


@misconception(
    of="mse",
    says="Without the square this is the absolute error.",
)
def forgets_the_square(pred, target, reduction="mean"):
    same_shape(pred, target)
    return reduced((pred - target).abs(), reduction)


@misconception(
    of="mse",
    says="On paper the square can be multiplied out. In floating point the difference of two large "
    "squares has few right digits left, and that of infinite ones is NaN. Subtract first.",
)
def multiplies_out(pred, target, reduction="mean"):
    same_shape(pred, target)
    return reduced(pred**2 - 2 * pred * target + target**2, reduction)


@misconception(
    of="mse",
    says="The target is cut off from the graph. Where it requires grad, as the output of another "
    "network does, a gradient is due.",
)
def detaches_the_target(pred, target, reduction="mean"):
    same_shape(pred, target)
    return reduced((pred - target.detach()) ** 2, reduction)
