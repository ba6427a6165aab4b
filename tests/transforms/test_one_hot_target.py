"""Properties and misconceptions of transforms/one_hot_target."""

import pickle

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

DTYPES = st.sampled_from((torch.int64, torch.int32, torch.uint8))


@st.composite
def numbers(draw):
    classes = draw(st.integers(1, 5))
    return {"classes": classes, "y": draw(st.integers(0, classes - 1))}


@st.composite
def tensors(draw):
    classes = draw(st.sampled_from((3, 2, 5, 1)))
    shape = draw(st.one_of(st.shapes(1, 2, min_side=1), st.shapes(0, 3)))
    y = draw(st.labels(classes, shape))
    return {"classes": classes, "y": y.to(draw(DTYPES))}


@st.composite
def several(draw):
    classes = draw(st.sampled_from((2, 3, 4)))
    labels = draw(st.lists(st.integers(0, classes - 1), min_size=2, max_size=4))
    return {"classes": classes, "labels": [*labels, (labels[0] + 1) % classes]}


@st.composite
def wrong(draw):
    """A label that is no class, as a number or among others in a tensor."""
    classes = draw(st.integers(1, 4))
    y = draw(st.sampled_from((-1, classes, classes + 3, -classes, -100)))
    if draw(st.booleans()):
        y = torch.tensor([0, y], dtype=draw(DTYPES if y > 0 else st.just(torch.int32)))
    return {"classes": classes, "y": y}


@forall(numbers())
def test_takes_a_number(impl, classes, y):
    """An int gives a row on the CPU, float32, with a 1 in the column of its class."""
    row = impl.OneHotTarget(classes)(y)
    assert_same(row, torch.eye(classes)[y])
    return row


@forall(tensors(), aliasing=True)
def test_takes_tensors(impl, classes, y):
    """A tensor of any shape and integer dtype gives a row for each of its labels."""
    rows = impl.OneHotTarget(num_classes=classes)(y=y)
    assert_same(rows, F.one_hot(y.long(), classes).float())
    return rows


@forall(several(), as_tensors=st.booleans())
def test_gives_a_fresh_row_each_time(impl, classes, labels, as_tensors):
    """What a call gave stays as it was when the next ones come."""
    one_hot = impl.OneHotTarget(classes)
    rows = [one_hot(torch.tensor(y) if as_tensors else y) for y in labels]
    assert_same(rows, list(torch.eye(classes)[labels]))
    return rows


@forall(several(), as_tensors=st.booleans())
def test_writing_changes_no_later_row(impl, classes, labels, as_tensors):
    """Writing to what a call gave changes no later row."""
    one_hot, rows = impl.OneHotTarget(classes), []
    for y in labels:
        row = one_hot(torch.tensor(y) if as_tensors else y)
        rows.append(row.clone())
        row.fill_(7)
    return rows, one_hot(labels[0])


@forall(classes=st.integers(2, 4), more=st.integers(1, 2))
def test_two_objects_are_apart(impl, classes, more):
    """Two objects have their own number of classes."""
    small, large = impl.OneHotTarget(classes), impl.OneHotTarget(classes + more)
    return small(1), large(1), small(0)


@forall(tensors(), called=st.booleans())
def test_can_be_pickled(impl, classes, y, called):
    """A pickled and restored one does the same, whether it was called before or not."""
    one_hot = impl.OneHotTarget(classes)
    if called:
        one_hot(0)
    restored = pickle.loads(pickle.dumps(one_hot))
    return restored(y), restored(0)


@forall(
    wrong(),
    raises=ValueError,
    strata={
        "a number beyond int32": {"y": st.just(2**32 + 1)},
        "beyond int32": {"y": st.permutations((0, 2**32)).map(torch.tensor)},
    },
)
def test_refuses_what_is_no_class(impl, classes, y):
    """A label below 0, or from num_classes on, is refused with a ValueError."""
    return impl.OneHotTarget(classes)(y)


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, num_classes):
        self.num_classes = num_classes

    def checked(self, y):
        labels = torch.as_tensor(y).long()
        if ((labels < 0) | (labels >= self.num_classes)).any():
            raise ValueError("no class")
        return labels

    def __call__(self, y):
        return F.one_hot(self.checked(y), self.num_classes).float()


@misconception(
    of="OneHotTarget",
    says="All calls give the same tensor, set anew each time: the rows that the caller has kept "
    "become the last label. Make a row at each call.",
)
class KeepsOneRow(_Answer):
    def __init__(self, num_classes):
        super().__init__(num_classes)
        self.row = torch.zeros(num_classes)

    def __call__(self, y):
        labels = self.checked(y)
        if labels.dim():
            return super().__call__(y)
        row = self.row.zero_()
        row[labels] = 1
        return row.to(labels.device)


@misconception(
    of="OneHotTarget",
    says="A row of the identity matrix that the object keeps is a view: who writes to the label "
    "writes to the matrix, and every later label of that class is wrong.",
)
class GivesViewsOfAnIdentity(_Answer):
    def __init__(self, num_classes):
        super().__init__(num_classes)
        self.identity = torch.eye(num_classes)

    def __call__(self, y):
        labels = self.checked(y)
        identity = self.identity.to(labels.device)
        return identity[labels] if labels.dim() else identity[int(labels)]


@misconception(
    of="OneHotTarget",
    says="F.one_hot gives int64. float32 is asked for, which a loss can compute with.",
)
class GivesIntegers(_Answer):
    def __call__(self, y):
        return super().__call__(y).long()


@misconception(
    of="OneHotTarget",
    says="A label of -1 is taken for the last class, as an index is. Refuse what lies below 0.",
)
class CountsFromTheEnd(_Answer):
    def checked(self, y):
        labels = torch.as_tensor(y).long()
        if (labels >= self.num_classes).any():
            raise ValueError("no class")
        return labels % self.num_classes


@misconception(
    of="OneHotTarget",
    says="A label that is no class gives a row without a 1. That hides a mistake in the data: "
    "raise.",
)
class GivesNoOne(_Answer):
    def __call__(self, y):
        labels = torch.as_tensor(y)
        columns = torch.arange(self.num_classes, device=labels.device)
        return (labels.unsqueeze(-1) == columns).float()


@misconception(
    of="OneHotTarget",
    says="A row for each label stands along a new last dimension. Yours puts the classes first.",
)
class PutsTheClassesFirst(_Answer):
    def __call__(self, y):
        return super().__call__(y).movedim(-1, 0)


@misconception(
    of="OneHotTarget",
    says="A function that is made in __init__ can't be pickled, so no worker can be given the "
    "object. Keep the number, and write the work into __call__.",
)
class KeepsALambda(_Answer):
    def __init__(self, num_classes):
        super().__init__(num_classes)
        self.make = lambda labels: F.one_hot(labels, num_classes).float()

    def __call__(self, y):
        return self.make(self.checked(y))


@misconception(
    of="OneHotTarget",
    says="The number of classes is taken from the labels that happen to be there. It is the "
    "argument num_classes that says how long a row is.",
)
class CountsTheClassesInY(_Answer):
    def __call__(self, y):
        labels = self.checked(y)
        if not labels.numel():
            return super().__call__(y)
        return F.one_hot(labels).float()
