"""Properties and misconceptions of losses/cross_entropy."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OWN = [
    F.cross_entropy,
    F.nll_loss,
    torch.ops.aten.nll_loss_forward,
    torch.ops.aten.nll_loss2d_forward,
    torch.Tensor.tolist,
    torch.Tensor.numpy,
]
IGNORED = -100


@st.composite
def scores(draw, rows=None, dtype=None):
    """A matrix of moderate scores, contiguous."""
    shape = (draw(st.integers(1, 4)) if rows is None else rows, draw(st.integers(1, 4)))
    kind = draw(st.dtypes()) if dtype is None else dtype
    return draw(st.tensors(shape, kind, layouts=["contiguous"]))


@st.composite
def labelled(draw, ignored=False, dtype=None):
    """Log probabilities and class ids; with `ignored`, one id at least is -100, and one isn't."""
    logp = draw(scores(draw(st.integers(2, 5)), dtype)).log_softmax(1)
    rows, classes = logp.shape
    y = draw(st.labels(classes, (rows,), layouts=["contiguous"]))
    if ignored:
        first = draw(st.integers(0, rows - 1))
        y[first] = IGNORED
        y[draw(st.integers(0, rows - 1).filter(lambda row: row != first))] = 0
    elif draw(st.booleans()):
        y = y.to(torch.uint8)
    return {"logp": st.laid_out(logp, draw(st.sampled_from(st.LAYOUTS))), "y": y}


@st.composite
def weighted(draw, ignored=False, dtype=None):
    """The same with a weight for each class; the first class weighs something."""
    drawn = draw(labelled(ignored, dtype))
    classes = drawn["logp"].shape[1]
    parts = draw(st.lists(st.sampled_from((0.3, 2.5, 1.0, 0.1, 0.0)), min_size=classes - 1))
    weight = torch.tensor([0.7, *parts, *[0.4] * classes][:classes], dtype=drawn["logp"].dtype)
    return {**drawn, "weight": weight}


@st.composite
def with_ignored_class(draw):
    """Weighted, with a class id, or a label that is none, to be ignored."""
    drawn = draw(weighted())
    classes = drawn["logp"].shape[1]
    index = draw(st.sampled_from((0, classes - 1, 255)))
    y = drawn["y"].clone()
    y[draw(st.integers(0, len(y) - 1))] = index
    return {**drawn, "y": y, "ignore_index": index}


@st.composite
def spoiled(draw):
    """Log probabilities in float64 whose ignored rows hold NaN or -inf."""
    drawn = draw(weighted(ignored=True, dtype=torch.float64))
    logp = drawn["logp"].clone()
    logp[drawn["y"] == IGNORED] = draw(st.sampled_from((float("nan"), float("-inf"))))
    return {**drawn, "logp": logp}


@st.composite
def special(draw):
    """Log probabilities with NaN or -inf in a column, which some row may pick; weighted or not."""
    drawn = draw(weighted())
    logp = drawn["logp"].clone()
    logp[draw(st.integers(0, len(logp) - 1)), 0] = draw(
        st.sampled_from((float("nan"), float("-inf")))
    )
    return {**drawn, "logp": logp, "weight": drawn["weight"] if draw(st.booleans()) else None}


WEIGHTLESS = {
    "logp": st.sampled_from((float("nan"), float("-inf"))).map(
        lambda picked: torch.tensor([[picked, -0.1], [-0.5, -0.9]])
    ),
    "y": st.just(torch.tensor([0, 1])),
    "weight": st.just(torch.tensor([0.0, 1.0])),
}


@st.composite
def nothing_left(draw):
    logp = draw(scores(draw(st.integers(0, 3)))).log_softmax(1)
    return {"logp": logp, "y": torch.full((len(logp),), IGNORED)}


@st.composite
def no_labels_left(draw):
    drawn = draw(nothing_left())
    return {"logits": drawn["logp"], "y": drawn["y"]}


@st.composite
def no_rows(draw):
    """Logits and probabilities of no sample."""
    logits = draw(scores(0))
    return {"logits": logits, "y": torch.zeros_like(logits)}


@st.composite
def logits_and_labels(draw, dtype=None):
    """Logits and class ids, -100 among them.

    In float64, which has the digits for it, some logits are far from 0 and from each other.
    """
    drawn = draw(labelled(draw(st.booleans()), dtype))
    if drawn["logp"].dtype is torch.float32:
        return {"logits": drawn["logp"] * 3, "y": drawn["y"]}
    far = draw(st.sampled_from((1.0, 1000.0, 300.0)))
    shift = draw(st.sampled_from((0.0, 1000.0, -1000.0)))
    logits = (drawn["logp"] * far + shift).clamp(-10_000, 10_000)
    return {"logits": logits, "y": drawn["y"]}


@st.composite
def logits_and_probabilities(draw, dtype=None):
    """Logits and a row of probabilities for each row."""
    logits = draw(scores(dtype=dtype))
    if logits.dtype is torch.float64:
        logits = logits * draw(st.sampled_from((1.0, 300.0)))
    y = draw(st.probabilities(tuple(logits.shape), logits.dtype))
    return {"logits": st.laid_out(logits, draw(st.sampled_from(st.LAYOUTS))), "y": y}


def rows_of(size):
    logp = torch.linspace(-2, 2, size * size).view(size, size).log_softmax(1)
    return {"logp": logp, "y": torch.arange(size), "weight": torch.ones(size)}


def ids_of(size):
    return {"logits": torch.linspace(-2, 2, size * size).view(size, size), "y": torch.arange(size)}


def shares_of(size):
    logits = ids_of(size)["logits"]
    return {"logits": logits, "y": logits.flip(0).softmax(1)}


def gradient(loss, leaf):
    (found,) = torch.autograd.grad(loss, leaf)
    return found


@forall(labelled(), ban=OWN)
def test_nll_is_the_mean(impl, logp, y):
    """nll gives the mean of -logp at the classes of y, which may be int64 or uint8."""
    loss = impl.nll(logp, y)
    assert_same(loss, F.nll_loss(logp, y))
    return loss


@forall(weighted(), ban=OWN, vectorized=rows_of, aliasing=True)
def test_nll_weighs(impl, logp, y, weight):
    """With weight it is the weighted mean: divided by the sum of the weights of the rows."""
    loss = impl.nll(logp, y, weight)
    assert_same(loss, F.nll_loss(logp, y, weight))
    return loss


@forall(special(), ban=OWN, strata={"picked with weight 0": WEIGHTLESS})
def test_nll_reads_nothing_else(impl, logp, y, weight):
    """Only what is picked counts: NaN or infinity shows where it is picked, and nowhere else."""
    loss = impl.nll(logp, y, weight)
    assert_same(loss, F.nll_loss(logp, y, weight))
    return loss


@forall(labelled(ignored=True), ban=OWN)
def test_nll_leaves_out_ignored_rows(impl, logp, y):
    """A row whose label is -100 doesn't count: in neither the sum nor the denominator."""
    loss = impl.nll(logp, y)
    assert_same(loss, F.nll_loss(logp, y))
    return loss


@forall(with_ignored_class(), ban=OWN)
def test_nll_ignores_what_is_said(impl, logp, y, weight, ignore_index):
    """ignore_index may be another label, a class id among them."""
    loss = impl.nll(y=y, logp=logp, ignore_index=ignore_index, weight=weight)
    assert_same(loss, F.nll_loss(logp, y, weight, ignore_index=ignore_index))
    return loss


@forall(spoiled(), ban=OWN)
def test_nll_has_the_gradient(impl, logp, y, weight):
    """NaN and -inf in ignored rows change neither the loss nor the gradient, which is 0 there."""
    leaf = logp.detach().requires_grad_()
    loss = impl.nll(leaf, y, weight)
    found = gradient(loss, leaf)
    own = logp.detach().requires_grad_()
    assert_same([loss, found], [t := F.nll_loss(own, y, weight), gradient(t, own)])
    return loss, found


@forall(nothing_left(), ban=OWN)
def test_nll_of_nothing_is_nan(impl, logp, y):
    """Where no row counts, the mean is NaN."""
    loss = impl.nll(logp, y)
    assert_same(loss, F.nll_loss(logp, y))
    return loss


@forall(
    logits_and_labels(),
    ban=OWN,
    vectorized=ids_of,
    strata={"no row that counts": no_labels_left()},
)
def test_cross_entropy_of_class_ids(impl, logits, y):
    """cross_entropy takes class ids of int64 or uint8, -100 among them, and large logits."""
    loss = impl.cross_entropy(logits, y)
    assert_same(loss, F.cross_entropy(logits, y))
    return loss


@forall(
    logits_and_probabilities(),
    ban=OWN,
    vectorized=shares_of,
    strata={"no row": no_rows()},
)
def test_cross_entropy_of_probabilities(impl, logits, y):
    """cross_entropy takes probabilities of the shape of the logits."""
    loss = impl.cross_entropy(logits=logits, y=y)
    assert_same(loss, F.cross_entropy(logits, y))
    return loss


@forall(
    st.one_of(logits_and_labels(torch.float64), logits_and_probabilities(torch.float64)), ban=OWN
)
def test_cross_entropy_has_the_gradient(impl, logits, y):
    """The gradient of cross_entropy is right, for the logits and for probabilities."""
    leaves = [logits.detach().requires_grad_()]
    if y.is_floating_point():
        y = y.detach().requires_grad_()
        leaves.append(y)
    found = torch.autograd.grad(impl.cross_entropy(leaves[0], y), leaves)
    assert_same(found, torch.autograd.grad(F.cross_entropy(leaves[0], y), leaves))
    return found


def parts(logp, y, weight, ignore_index):
    """What the misconceptions have in common: each row's loss and weight, 0 where it is ignored."""
    y = y.long()
    counts = y != ignore_index
    ids = torch.where(counts, y, 0)
    picked = torch.where(counts, logp.gather(1, ids[:, None])[:, 0], 0)
    weights = logp.new_ones(len(y)) if weight is None else weight[ids]
    return -picked, torch.where(counts, weights, 0)


@misconception(
    of="nll",
    says="The mean of weighted losses is divided by the sum of the weights. Yours is divided by "
    "the number of rows that count.",
)
def divides_by_the_rows(logp, y, weight=None, ignore_index=-100):
    losses, weights = parts(logp, y, weight, ignore_index)
    return (losses * weights).sum() / (y.long() != ignore_index).sum()


@misconception(
    of="nll",
    says="Ignored rows are left out of the sum, and yet counted by the mean.",
)
def counts_ignored_rows(logp, y, weight=None, ignore_index=-100):
    losses, weights = parts(logp, y, weight, ignore_index)
    if weight is None:
        return (losses * weights).mean()
    ids = torch.where(y.long() != ignore_index, y.long(), 0)
    return (losses * weights).sum() / weight[ids].sum()


@misconception(
    of="nll",
    says="-100 is no column: it can't be picked. Put a class that exists in its place first, and "
    "leave the row out afterwards.",
)
def picks_the_ignored(logp, y, weight=None, ignore_index=-100):
    picked = logp.gather(1, y.long()[:, None])[:, 0]
    weights = torch.ones_like(picked) if weight is None else weight[y.long()]
    weights = weights * (y.long() != ignore_index)
    return -(picked * weights).sum() / weights.sum()


@misconception(
    of="nll",
    says="0 times NaN is NaN, and 0 times infinity too: an ignored row still shows. Choose 0 in "
    "its place instead of multiplying.",
)
def multiplies_the_ignored_by_zero(logp, y, weight=None, ignore_index=-100):
    y = y.long()
    counts = y != ignore_index
    ids = torch.where(counts, y, 0)
    picked = logp.gather(1, ids[:, None])[:, 0]
    weights = counts.to(logp.dtype) * (1 if weight is None else weight[ids])
    return -(picked * weights).sum() / weights.sum()


@misconception(
    of="nll",
    says="ignore_index is never used: -100 is only its default.",
)
def ignores_minus_100_alone(logp, y, weight=None, ignore_index=-100):
    clean = torch.where(y.long() == 255, -100, y.long())
    losses, weights = parts(logp, clean, weight, -100)
    return (losses * weights).sum() / weights.sum()


@misconception(
    of="nll",
    says="weight is never used.",
)
def forgets_the_weights(logp, y, weight=None, ignore_index=-100):
    losses, weights = parts(logp, y, None, ignore_index)
    return (losses * weights).sum() / weights.sum()


@misconception(
    of="nll",
    says="logp[:, y] reads the columns of all labels from every row. You want one value from each "
    "row, that of its own label.",
)
def reads_every_label_from_every_row(logp, y, weight=None, ignore_index=-100):
    losses, weights = parts(logp, y, weight, ignore_index)
    ids = torch.where(y.long() != ignore_index, y.long(), 0)
    return -(logp[:, ids] * weights).sum() / (weights.sum() * len(y)) + 0 * losses.sum()


@misconception(
    of="nll",
    says="Where nothing counts, there is no mean: a loss of 0 would say that all is well. It is "
    "NaN, as 0 / 0 is.",
)
def calls_nothing_zero(logp, y, weight=None, ignore_index=-100):
    losses, weights = parts(logp, y, weight, ignore_index)
    if not (y.long() != ignore_index).any():
        return logp.new_zeros(())
    return (losses * weights).sum() / weights.sum()


@misconception(
    of="nll",
    says="uint8 labels are class ids too. As an index uint8 is taken for a mask, or refused: "
    "convert them.",
)
def indexes_with_uint8(logp, y, weight=None, ignore_index=-100):
    counts = y.long() != ignore_index
    picked = logp.gather(1, torch.where(counts, y, torch.zeros_like(y))[:, None])[:, 0]
    losses, weights = parts(logp, y, weight, ignore_index)
    return (losses * weights).sum() / weights.sum() + 0 * torch.where(counts, picked, 0).sum()


@misconception(
    of="cross_entropy",
    says="The mean over probabilities is taken over the rows. Yours is taken over the classes too.",
)
def averages_the_classes(logits, y):
    if y.is_floating_point():
        return -(y * logits.log_softmax(1)).mean()
    return F.cross_entropy(logits, y)


@misconception(
    of="cross_entropy",
    says="argmax throws the other probabilities away: each of them weighs the log probability of "
    "its class.",
)
def takes_the_likeliest_class(logits, y):
    return (
        F.cross_entropy(logits, y.argmax(1)) + 0 * y.sum()
        if y.is_floating_point()
        else (F.cross_entropy(logits, y))
    )


@misconception(
    of="cross_entropy",
    says="softmax rounds to 0 where a score is far below the others, and log(0) is -inf. "
    "log_softmax computes the logarithm without that.",
)
def takes_the_log_of_softmax(logits, y):
    logp = logits.softmax(1).log()
    return -(y * logp).sum(1).mean() if y.is_floating_point() else F.nll_loss(logp, y)


@misconception(
    of="cross_entropy",
    says="A row of logits belongs to one sample. Yours takes softmax down the rows, so that "
    "samples compete with each other.",
)
def normalizes_down_the_rows(logits, y):
    logp = logits.log_softmax(0)
    return -(y * logp).sum(1).mean() if y.is_floating_point() else F.nll_loss(logp, y)


@misconception(
    of="cross_entropy",
    says="Log probabilities are due where you take probabilities: the logarithm is missing.",
)
def forgets_the_logarithm(logits, y):
    p = logits.softmax(1)
    return -(y * p).sum(1).mean() if y.is_floating_point() else F.nll_loss(p, y)
