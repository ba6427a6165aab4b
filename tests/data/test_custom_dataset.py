"""Properties and misconceptions of data/custom_dataset."""

import itertools
import pickle

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset

from torchkata import strategies as st
from torchkata.loaders import loader
from torchkata.properties import assert_same, forall, misconception


def negated(value):
    return -value


def plus_one(value):
    return value + 1


def plus_one_in_place(value):
    return value.add_(1)


def as_text(value):
    return f"{value.dtype} {tuple(value.shape)} sum {value.sum().item():g}"


def to_float64(value):
    return value.double()


def to_number(value):
    return value.sum().item()


def to_array(value):
    return value.numpy()


def nothing(value):
    return None


def with_a_new_axis(value):
    return value[None]


TRANSFORMS = {
    "None": None,
    "to_float64": to_float64,
    "to_number": to_number,
    "to_array": to_array,
    "nothing": nothing,
    "with_a_new_axis": with_a_new_axis,
    "negated": negated,
    "plus_one": plus_one,
    "plus_one_in_place": plus_one_in_place,
    "as_text": as_text,
}
transforms = st.sampled_from(list(TRANSFORMS))


class Counting:
    """A transform that counts its calls, adds the count to what it is given, and notes both.

    It has a length, so that it is false as a condition until it has been called.
    """

    def __init__(self):
        self.given, self.gave = [], []

    def __call__(self, value):
        self.given.append(value)
        self.gave.append(value + len(self.given))
        return self.gave[-1]

    def __len__(self):
        return len(self.given)


KINDS = ["float32", "float64", "float16", "uint8", "int64", "int32", "int16"]
LABEL_KINDS = ["int64", "int32", "uint8", "int8", "uint16"]


def with_large_values(array):
    """The array with its first value as far from 0 as its dtype goes, or not a number."""
    array = array.copy()
    if array.size and array.dtype.kind in "iu":
        array.flat[0] = np.iinfo(array.dtype).max
    elif array.size and array.dtype.kind == "f":
        array.flat[0] = 1 / 3
        array.flat[-1] = np.nan
    return array


@st.composite
def samples_and_labels(draw, min_length=1):
    length = draw(st.integers(min_length, 4))
    sides = draw(st.shapes(max_dims=2))
    kind = draw(st.sampled_from(KINDS))
    label_kind = draw(st.sampled_from(LABEL_KINDS))
    x = draw(st.arrays((length, *sides), kind))
    y = draw(st.arrays((length,), label_kind))
    if draw(st.booleans()):
        x, y = with_large_values(x), with_large_values(y)
    if draw(st.booleans()):
        x = x.T.copy().T
    return {"x": x, "y": y}


@st.composite
def with_index(draw):
    data = draw(samples_and_labels())
    length = len(data["x"])
    return {**data, "index": draw(st.integers(-length, length - 1))}


@st.composite
def of_two_lengths(draw):
    lengths = draw(st.lists(st.integers(0, 4), min_size=2, max_size=2, unique=True))
    return {"x": draw(st.arrays((lengths[0], 2))), "y": draw(st.arrays((lengths[1],), "int64"))}


@forall(samples_and_labels(min_length=0))
def test_len_counts_the_samples(impl, x, y):
    """len is the number of samples, whatever the shape of a sample."""
    return len(impl.ArrayDataset(x, y))


@forall(samples_and_labels(), which=st.integers(0, 3))
def test_gives_sample_and_label(impl, x, y, which):
    """dataset[index] is a tuple: the sample as a float32 tensor, the label as a 0-dim int64 one."""
    return impl.ArrayDataset(x, y)[which % len(x)]


@forall(samples_and_labels(), back=st.integers(0, 3))
def test_counts_from_the_end(impl, x, y, back):
    """A negative index counts from the end: -1 is the last sample, -n the first."""
    return impl.ArrayDataset(x, y)[-1 - back % len(x)]


@forall(
    samples_and_labels(min_length=0),
    beyond=st.integers(0, 5),
    end=st.sampled_from(["front", "back"]),
    raises=IndexError,
)
def test_refuses_an_index_out_of_range(impl, x, y, beyond, end):
    """An index from n on, or before -n, raises IndexError."""
    dataset = impl.ArrayDataset(x, y)
    return dataset[len(x) + beyond if end == "back" else -len(x) - 1 - beyond]


@forall(samples_and_labels(min_length=0), in_place=st.booleans())
def test_a_loop_ends_with_the_last_sample(impl, x, y, in_place):
    """A for loop gives each sample once, in order and transformed, and ends."""
    some_more = len(x) + 2
    transform = plus_one_in_place if in_place else None
    return list(itertools.islice(impl.ArrayDataset(x, y, transform, transform), some_more))


@forall(of_two_lengths(), raises=ValueError)
def test_refuses_two_lengths(impl, x, y):
    """Arrays of different lengths are refused with a ValueError when the dataset is made."""
    return impl.ArrayDataset(x, y)


@forall(with_index(), transform=transforms, target_transform=transforms)
def test_applies_the_transforms(impl, x, y, index, transform, target_transform):
    """transform is given the sample, target_transform the label; each alone, both or none."""
    dataset = impl.ArrayDataset(
        x, y, transform=TRANSFORMS[transform], target_transform=TRANSFORMS[target_transform]
    )
    return dataset[index]


@forall(with_index(), accesses=st.integers(0, 3))
def test_transforms_at_each_access(impl, x, y, index, accesses):
    """Each access calls both transforms once, with tensors, and nothing else calls them."""
    transform, target_transform = Counting(), Counting()
    dataset = impl.ArrayDataset(x, y, transform, target_transform)
    results = [dataset[index] for _ in range(accesses)]
    gave = zip(transform.gave, target_transform.gave, strict=False)
    return {
        "len": len(dataset),
        "handed on as it is": [
            sample is one and label is other
            for (sample, label), (one, other) in zip(results, gave, strict=False)
        ],
        "results": results,
        "given to transform": transform.given,
        "given to target_transform": target_transform.given,
    }


@forall(with_index())
def test_keeps_a_copy_of_the_arrays(impl, x, y, index):
    """Writing to the arrays afterwards does not change the dataset."""
    samples, labels = x.copy(), y.copy()
    dataset = impl.ArrayDataset(samples, labels)
    samples += 1
    labels += 1
    impl.ArrayDataset(samples, labels)
    return dataset[index]


@forall(with_index(), in_place=st.booleans())
def test_gives_tensors_of_their_own(impl, x, y, index, in_place):
    """Writing to what one access gave, in a transform or later, does not change the next one."""
    transform = plus_one_in_place if in_place else None
    dataset = impl.ArrayDataset(x, y, transform, transform)
    for value in dataset[index]:
        value.add_(1)
    for pair in itertools.islice(dataset, len(x)):
        for value in pair:
            value.add_(1)
    return dataset[index]


@forall(samples_and_labels(min_length=0), transform=transforms, target_transform=transforms)
def test_can_be_pickled(impl, x, y, transform, target_transform):
    """A pickled and restored dataset gives the same, with functions of a module as transforms."""
    dataset = impl.ArrayDataset(x, y, TRANSFORMS[transform], TRANSFORMS[target_transform])
    for index in range(len(x)):
        dataset[index]
    restored = pickle.loads(pickle.dumps(dataset))
    return [restored[index] for index in range(len(restored))]


def batches_of(dataset, size):
    return [tuple(batch) for batch in DataLoader(dataset, batch_size=size)]


def as_torch_has_it(x, y):
    return TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.int64))


@forall(samples_and_labels(min_length=0), batch_size=st.integers(1, 3))
def test_feeds_a_loader(impl, x, y, batch_size):
    """It is a torch Dataset, and a DataLoader makes the batches that a TensorDataset gives."""
    dataset = impl.ArrayDataset(x, y)
    assert isinstance(dataset, Dataset), "ArrayDataset must be a subclass of Dataset"
    batches = batches_of(dataset, batch_size)
    assert_same(batches, batches_of(as_torch_has_it(x, y), batch_size))
    return batches, batches_of(impl.ArrayDataset(x, y, negated, plus_one), batch_size)


@forall(samples_and_labels(), examples=1)
def test_feeds_worker_processes(impl, x, y):
    """A DataLoader with two worker processes makes the same batches."""
    batches = [tuple(batch) for batch in loader(impl.ArrayDataset(x, y), 2, batch_size=2)]
    assert_same(batches, batches_of(as_torch_has_it(x, y), 2))
    return batches


class _Answer(Dataset):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, x, y, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("x and y differ in length")
        self.x = torch.tensor(x, dtype=torch.float32)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.transformed(self.x[index].clone(), self.y[index].clone())

    def transformed(self, sample, label):
        if self.transform is not None:
            sample = self.transform(sample)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return sample, label


@misconception(
    of="ArrayDataset",
    says="The transforms run once, in __init__. A random transform must give something new at each "
    "access: keep it, and call it there.",
)
class TransformsInInit(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, transform, target_transform)
        self.pairs = [
            self.transformed(sample.clone(), label.clone())
            for sample, label in zip(self.x, self.y, strict=True)
        ]

    def __getitem__(self, index):
        sample, label = self.pairs[index]
        return (
            sample.clone() if isinstance(sample, torch.Tensor) else sample,
            label.clone() if isinstance(label, torch.Tensor) else label,
        )


@misconception(
    of="ArrayDataset",
    says="transform belongs to the sample and target_transform to the label; yours are swapped.",
)
class SwapsTheTransforms(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, target_transform, transform)


@misconception(
    of="ArrayDataset",
    says="len is the number of samples, which is the length of the first dimension. Yours is the "
    "length of the last one.",
)
class CountsTheColumns(_Answer):
    def __len__(self):
        return self.x.shape[-1]


@misconception(
    of="ArrayDataset",
    says="from_numpy shares the array's memory, and .float() and .long() copy only where the dtype "
    "changes: a float32 array stays shared.",
)
class SharesTheArrays(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, transform, target_transform)
        self.x = torch.from_numpy(x).float()
        self.y = torch.from_numpy(y).long()


@misconception(
    of="ArrayDataset",
    says="Indexing a tensor with a number gives a view: whoever writes to the sample, such as an "
    "in-place transform, writes to your data.",
)
class GivesViews(_Answer):
    def __getitem__(self, index):
        return self.transformed(self.x[index], self.y[index])


@misconception(
    of="ArrayDataset",
    says="With % every index finds a sample. One that is out of range must raise IndexError, or a "
    "for loop never ends.",
)
class WrapsRound(_Answer):
    def __getitem__(self, index):
        return super().__getitem__(index % len(self))


@misconception(
    of="ArrayDataset",
    says="An index from -n to -1 is in range: it counts from the end, as in a list.",
)
class RefusesNegativeIndices(_Answer):
    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        return super().__getitem__(index)


@misconception(
    of="ArrayDataset",
    says="The first result is kept and given again. A random transform must give something new at "
    "each access.",
)
class KeepsTheFirstResult(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, transform, target_transform)
        self.cache = {}

    def __getitem__(self, index):
        if index not in self.cache:
            self.cache[index] = super().__getitem__(index)
        return self.cache[index]


@misconception(
    of="ArrayDataset",
    says="The transforms are given tensors: convert the sample and the label first, then call "
    "them, and leave alone what they return.",
)
class TransformsTheArrays(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, transform, target_transform)
        self.arrays = x.copy(), y.copy()

    def __getitem__(self, index):
        sample, label = self.transformed(*(array[index] for array in self.arrays))
        return (
            torch.tensor(sample, dtype=torch.float32),
            torch.tensor(label, dtype=torch.int64),
        )


@misconception(
    of="ArrayDataset",
    says="A tensor made from an array has the array's dtype, float64 as a rule. A model's weights "
    "are float32: say dtype=.",
)
class KeepsTheDtypes(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, transform, target_transform)
        self.x = torch.tensor(x)
        self.y = torch.tensor(y)


@misconception(
    of="ArrayDataset",
    says="The label is a 0-dim int64 tensor, not a number: target_transform is given a tensor too.",
)
class GivesPlainNumbers(_Answer):
    def __getitem__(self, index):
        return self.transformed(self.x[index].clone(), int(self.y[index]))


@misconception(
    of="ArrayDataset",
    says="Labels are class ids: int64, which is what a loss wants of them. Yours are float32.",
)
class GivesFloatLabels(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(x, y, transform, target_transform)
        self.y = torch.tensor(y, dtype=torch.float32)


@misconception(
    of="ArrayDataset",
    says="A lambda can't be pickled, and with it the dataset can't be. Keep None as it is, and ask "
    "for it where the transform would be called.",
)
class PutsALambdaForNone(_Answer):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__(
            x, y, transform or (lambda sample: sample), target_transform or (lambda label: label)
        )
