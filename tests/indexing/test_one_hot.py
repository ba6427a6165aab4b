"""Properties and misconceptions of indexing/one_hot."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

CLASSES = 5
WITHOUT = [F.one_hot, torch.eye, torch.eq, torch.ne]


def batch_of(size):
    return {"labels": torch.arange(size * size).view(size, size) % CLASSES}


@st.composite
def requests(draw):
    """Labels, and a number of classes of which some may not occur: one, a few, or very many."""
    num_classes = draw(st.sampled_from((3, 300, 6, 300, 2, 1)))
    labels = draw(st.labels(min(num_classes, 3)))
    from_the_end = draw(st.booleans())
    return {
        "labels": num_classes - 1 - labels if from_the_end else labels,
        "num_classes": num_classes,
    }


@forall(labels=st.labels(CLASSES), ban=WITHOUT, vectorized=batch_of)
def test_each_row_has_one_one(impl, labels):
    """Each row holds a single 1, in its label's column, for labels of any shape."""
    rows = impl.one_hot(labels, CLASSES)
    assert_same(rows, F.one_hot(labels, CLASSES).float())
    return rows


@forall(
    requests(),
    dtype=st.dtypes(torch.float32, torch.float64, torch.float16, torch.int64, torch.bool),
    ban=WITHOUT,
)
def test_has_the_dtype_and_classes_asked_for(impl, labels, num_classes, dtype):
    """The result has num_classes columns, also those that no label names, and the right dtype."""
    rows = impl.one_hot(labels=labels, num_classes=num_classes, dtype=dtype)
    assert_same(rows, F.one_hot(labels, num_classes).to(dtype))
    return rows


@forall(labels=st.labels(CLASSES, shape=st.shapes(1, 2, min_side=1)), ban=WITHOUT)
def test_result_can_be_written(impl, labels):
    """The result is new at each call: writing one row leaves every other row as it is."""
    rows, others = impl.one_hot(labels, CLASSES), impl.one_hot(labels, CLASSES)
    rows[0] += 1
    return rows, others


@misconception(
    of="one_hot",
    says="dim names the axis of the result that the labels index. Yours names the rows; "
    "the labels name columns.",
)
def scatters_along_rows(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(0, labels.unsqueeze(-1), 1)


@misconception(
    of="one_hot",
    says="A new tensor lies on the CPU unless you say otherwise: the labels may be elsewhere.",
)
def forgets_the_device(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype).scatter_(
        -1, labels.unsqueeze(-1), 1
    )


@misconception(
    of="one_hot",
    says="The index of scatter_ needs as many dimensions as the tensor it writes to: the labels "
    "lack the dimension of the classes.",
)
def forgets_to_unsqueeze(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels, 1)


@misconception(of="one_hot", says="The argument dtype is never used: the result is always float32.")
def ignores_the_dtype(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)


@misconception(
    of="one_hot",
    says="The number of columns is num_classes. The largest label tells only how many classes "
    "happen to occur.",
)
def counts_the_classes_itself(labels, num_classes, dtype=torch.float32):
    found = int(labels.max()) + 1 if labels.numel() else num_classes
    rows = torch.zeros(*labels.shape, found, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)


@misconception(
    of="one_hot",
    says="Labels can have any number of dimensions. The shape of the result is the labels' shape "
    "with num_classes behind it.",
)
def flattens_the_labels(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(labels.numel(), num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.reshape(-1, 1), 1)
