"""Properties and misconceptions of training/confusion."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SHAPES = st.one_of(st.just((7,)), st.just((5,)), st.shapes(max_dims=3))
WITHOUT = [torch.Tensor.tolist, torch.Tensor.numpy, torch.sparse_coo_tensor]


@st.composite
def predictions(draw, shapes=SHAPES):
    """Predicted and true classes, of which the last ones may not occur."""
    n = draw(st.sampled_from((3, 4, 2, 1, 6)))
    shape = draw(shapes)
    return {
        "pred": draw(st.labels(draw(st.integers(1, n)), shape)),
        "y": draw(st.labels(draw(st.integers(1, n)), shape)),
        "n": n,
    }


@st.composite
def shapes_that_differ(draw):
    """Two shapes that broadcast, or have as many elements, but are not equal."""
    count = draw(st.integers(2, 3))
    shapes = draw(st.permutations([(count,), (count, 1), (1, count), (1,), ()]))
    return {"pred": draw(st.labels(2, shapes[0])), "y": draw(st.labels(2, shapes[1]))}


def square_of(size):
    numbers = torch.arange(size * size)
    return {"pred": numbers % size, "y": numbers // size, "n": size}


def counted(pred, y, n):
    """The same, one sample after the other."""
    rows = [[0] * n for _ in range(n)]
    for guess, truth in zip(pred.flatten().tolist(), y.flatten().tolist(), strict=True):
        rows[truth][guess] += 1
    return torch.tensor(rows, device=y.device)


MANY = {"pred": torch.full((2051,), 2), "y": torch.full((2051,), 1), "n": 4}
REPEATED = {"pred": torch.tensor([2, 2, 2, 0]), "y": torch.tensor([1, 1, 1, 1]), "n": 4}


@forall(
    predictions(),
    ban=WITHOUT,
    vectorized=square_of,
    strata={
        "one pair again and again": {key: st.just(value) for key, value in REPEATED.items()},
        "many samples of one pair": {key: st.just(value) for key, value in MANY.items()},
    },
)
def test_counts_each_pair(impl, pred, y, n):
    """Row i and column j hold the number of samples of class i that were taken for class j."""
    matrix = impl.confusion(pred, y, n)
    assert_same(matrix, counted(pred, y, n))
    return matrix


@forall(predictions(st.shapes(1, 3, min_side=1)))
def test_the_diagonal_gives_the_accuracy(impl, pred, y, n):
    """The sum of the diagonal, divided by the number of samples, is the accuracy."""
    accuracy = impl.confusion(pred=pred, y=y, n=n).trace() / y.numel()
    assert_same(accuracy, (pred == y).float().mean())
    return accuracy


@forall(predictions(st.one_of(st.just((0,)), st.just((2, 0)))), examples=6)
def test_no_samples_are_zeros(impl, pred, y, n):
    """Without any sample all n · n counts are 0."""
    matrix = impl.confusion(pred, y, n)
    assert_same(matrix, torch.zeros(n, n, dtype=torch.int64, device=y.device))
    return matrix


@forall(shapes_that_differ(), raises=ValueError)
def test_refuses_two_shapes(impl, pred, y):
    """Different shapes are refused with a ValueError, though they would broadcast."""
    return impl.confusion(pred, y, 2)


def _checked(pred, y):
    if pred.shape != y.shape:
        raise ValueError("pred and y differ in shape")


def _counts(pred, y, n):
    return torch.bincount((y * n + pred).flatten(), minlength=n * n).view(n, n)


@misconception(
    of="confusion",
    says="A cell that several samples name counts one of them: += with an index tensor writes each "
    "place once. Use an operation that accumulates.",
)
def adds_once_a_cell(pred, y, n):
    _checked(pred, y)
    matrix = torch.zeros(n, n, dtype=torch.int64, device=y.device)
    matrix[y, pred] += 1
    return matrix


@misconception(
    of="confusion",
    says="Rows and columns have changed places: a row stands for a true class.",
)
def transposes(pred, y, n):
    _checked(pred, y)
    return _counts(y, pred, n)


@misconception(
    of="confusion",
    says="bincount stops at the largest number that occurs. Where the last class is missing there "
    "are too few counts for n rows of n.",
)
def counts_what_occurs(pred, y, n):
    _checked(pred, y)
    return torch.bincount((y * n + pred).flatten()).view(n, n)


@misconception(
    of="confusion",
    says="The counts are floats: zeros are float32 unless told otherwise, which can't count beyond "
    "sixteen million. Counts are int64.",
)
def counts_in_floats(pred, y, n):
    _checked(pred, y)
    matrix = torch.zeros(n, n, device=y.device)
    return matrix.index_put_((y, pred), torch.ones((), device=y.device), accumulate=True)


@misconception(
    of="confusion",
    says="Nothing asks for the shapes. (N,) beside (N, 1) broadcasts to N · N pairs, which nobody "
    "predicted: compare the shapes first.",
)
def broadcasts(pred, y, n):
    return _counts(*torch.broadcast_tensors(pred, y), n)


@misconception(
    of="confusion",
    says="Each row is divided by its number of samples. Those are rates; counts are asked for.",
)
def gives_rates(pred, y, n):
    _checked(pred, y)
    matrix = _counts(pred, y, n)
    return matrix / matrix.sum(1, keepdim=True).clamp(min=1)


@misconception(
    of="confusion",
    says="Only what was predicted right is counted, on the diagonal. The other cells are what the "
    "matrix is for.",
)
def counts_the_right_ones(pred, y, n):
    _checked(pred, y)
    return torch.bincount(y[pred == y], minlength=n).diag()


@misconception(
    of="confusion",
    says="A loop calls some operations for each sample or class. All of them can be counted at "
    "once.",
)
def loops_over_samples(pred, y, n):
    _checked(pred, y)
    matrix = torch.zeros(n, n, dtype=torch.int64, device=y.device)
    for guess, truth in zip(pred.flatten(), y.flatten(), strict=True):
        matrix[truth, guess] += 1
    return matrix


@misconception(
    of="confusion",
    says="The samples are taken for a list. They may have any shape, such as that of the pixels of "
    "images: flatten them.",
)
def takes_one_dimension(pred, y, n):
    _checked(pred, y)
    return torch.bincount(y * n + pred, minlength=n * n).view(n, n)


@misconception(
    of="confusion",
    says="The largest class that occurs need not be the last one there is: n says how many there "
    "are.",
)
def asks_the_values_for_the_classes(pred, y, n):
    _checked(pred, y)
    n = int(torch.cat([pred.flatten(), y.flatten()]).max()) + 1 if y.numel() else n
    return _counts(pred, y, n)
