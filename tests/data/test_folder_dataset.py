"""Properties and misconceptions of data/folder_dataset."""

import contextlib
import csv
import itertools
import os
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset

from torchkata import strategies as st
from torchkata.loaders import loader
from torchkata.properties import assert_same, forall, misconception

NAMES = ("b.npy", "a.npy", "night/7.npy", "with, comma.npy", "night/a.npy", "Käfer.npy")
NUMBERS = st.one_of(st.integers(0, 300), st.sampled_from((-1, 2**24 + 1, 2**53 + 1)))
LISTS = ("labels.csv", "night/list.csv")
KINDS = ("float32", "float64", "int64", "uint8", "float16")


def doubled(value):
    return value * 2  # not in place: a sample on a file that can't be written to ends the process


def as_text(value):
    return f"{value.dtype} {tuple(value.shape)} sum {value.sum().item():g}"


def nothing(value):
    return None


class Counting:
    """A transform that gives the number of its calls, and notes what it is given.

    It has a length, so that it is false as a condition until it has been called.
    """

    def __init__(self):
        self.given = []

    def __call__(self, sample):
        self.given.append(sample)
        return len(self.given)

    def __len__(self):
        return len(self.given)


TRANSFORMS = {"None": None, "doubled": doubled, "text": as_text, "nothing": nothing}


@st.composite
def listed(draw, min_rows=1, shape=None):
    """Files with their arrays and labels, in the order of the rows, and the name of the list."""
    count = draw(st.integers(min_rows, 4))
    shapes = st.just(shape) if shape else st.shapes(0, 2)
    kind = st.sampled_from(KINDS).flatmap(lambda kind: st.arrays(shapes, kind))
    return {
        "names": draw(st.permutations(NAMES))[:count],
        "arrays": [draw(kind) for _ in range(count)],
        "labels": draw(st.lists(NUMBERS, min_size=count, max_size=count)),
        "annotations": draw(st.sampled_from(LISTS)),
    }


@contextlib.contextmanager
def folder(names, labels, annotations) -> Iterator[Path]:
    """A folder with the list, and without any array that it lists."""
    with tempfile.TemporaryDirectory() as base:
        root = Path(base)
        (root / "night").mkdir()
        with (root / annotations).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(zip(names, labels, strict=True))
        np.save(root / "0 not listed.npy", np.zeros(2))
        yield root


@contextlib.contextmanager
def filled(names, arrays, labels, annotations) -> Iterator[Path]:
    with folder(names, labels, annotations) as root:
        save(root, names, arrays)
        yield root


def save(root, names, arrays):
    for name, array in zip(names, arrays, strict=True):
        np.save(root / name, array)


def open_within(root):
    """How many descriptors are open on something in the folder.

    What else is open may be closed at any time: by the collector, or a thread.
    """
    inside = {(at.st_dev, at.st_ino) for at in map(os.stat, (root, *root.rglob("*")))}
    count = 0
    for number in range(200):
        with contextlib.suppress(OSError):
            at = os.fstat(number)
            count += (at.st_dev, at.st_ino) in inside
    return count


def pairs_of(arrays, labels):
    return [
        (torch.tensor(array, dtype=torch.float32), torch.tensor(label))
        for array, label in zip(arrays, labels, strict=True)
    ]


@forall(listed(min_rows=0), examples=8)
def test_len_counts_the_rows(impl, names, arrays, labels, annotations):
    """len is the number of rows in the CSV, whatever else lies in the folder."""
    with filled(names, arrays, labels, annotations) as root:
        return len(impl.FolderDataset(root, annotations))


@forall(listed(), examples=12)
def test_gives_sample_and_label(impl, names, arrays, labels, annotations):
    """dataset[index] is a tuple: the array as a float32 tensor, the label as a 0-dim int64 one."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root=root, annotations=annotations)
        pairs = [dataset[index] for index in range(len(names))]
    assert_same(pairs, pairs_of(arrays, labels))
    return pairs


@forall(listed(), beyond=st.sampled_from((0, 3)), examples=6)
def test_indices_are_those_of_a_list(impl, names, arrays, labels, annotations, beyond):
    """-1 is the last sample; a for loop ends; an index out of range raises IndexError."""
    refused = []
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        backwards = [dataset[-1 - back] for back in range(len(names))]
        forwards = list(itertools.islice(dataset, len(names) + 2))
        for index in (len(names) + beyond, -len(names) - 1 - beyond):
            try:
                dataset[index]
            except IndexError:
                refused.append(index)
    return backwards, forwards, refused


@forall(listed(), which=st.integers(0, 3), examples=8)
def test_reads_what_is_asked_for(impl, names, arrays, labels, annotations, which):
    """An array is read when its sample is asked for, and no other is: the rest may be missing."""
    which %= len(names)
    with folder(names, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        save(root, names[which : which + 1], arrays[which : which + 1])
        return dataset[which]


@forall(listed(), which=st.integers(0, 3), examples=6)
def test_leaves_no_file_open(impl, names, arrays, labels, annotations, which):
    """No file stays open, after the dataset was made or while a sample is in use."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        made = open_within(root)
        pair = dataset[which % len(names)]
        read = open_within(root)
    return {"open when it was made": made, "open after an access": read, "pair": pair}


@forall(listed(), which=st.integers(0, 3), examples=6)
def test_reads_at_each_access(impl, names, arrays, labels, annotations, which):
    """An array is read at each access anew: what was written since is seen."""
    which %= len(names)
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        first = dataset[which]
        np.save(root / names[which], arrays[which] + 1)
        return first, dataset[which]


@forall(listed(), examples=6)
def test_reads_the_csv_once(impl, names, arrays, labels, annotations):
    """The CSV is read when the dataset is made: it may be gone afterwards."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        (root / annotations).unlink()
        return len(dataset), dataset[0]


@forall(listed(), where=st.sampled_from(("", "..")), examples=6)
def test_works_from_any_working_directory(impl, names, arrays, labels, annotations, where):
    """A relative root is that of the time when the dataset was made; then one may go elsewhere."""
    with filled(names, arrays, labels, annotations) as root:
        with contextlib.chdir(root / "night" if where == ".." else root):
            dataset = impl.FolderDataset(Path(where), annotations)
            here = dataset[0]
        return here, dataset[-1]


@forall(listed(), transform=st.sampled_from(tuple(TRANSFORMS)), examples=8)
def test_transforms_the_sample(impl, names, arrays, labels, annotations, transform):
    """The transform is called with the sample, and what it returns is handed on as it is."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations, transform=TRANSFORMS[transform])
        return [dataset[index] for index in (0, 0, -1)]


@forall(listed(), accesses=st.integers(0, 3), examples=6)
def test_transforms_at_each_access(impl, names, arrays, labels, annotations, accesses):
    """Each access calls the transform once, and nothing else does."""
    counting = Counting()
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations, counting)
        return len(dataset), [dataset[0] for _ in range(accesses)], counting.given


@forall(listed(), transform=st.sampled_from(tuple(TRANSFORMS)), examples=6)
def test_can_be_pickled(impl, names, arrays, labels, annotations, transform):
    """A pickled and restored dataset gives the same, with a function of a module as transform."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations, TRANSFORMS[transform])
        first = dataset[0]
        return first, pickle.loads(pickle.dumps(dataset))[0]


def batches_of(arrays, labels, batch_size):
    columns = zip(*pairs_of(arrays, labels), strict=True)
    whole = TensorDataset(*map(torch.stack, columns))
    return [tuple(batch) for batch in DataLoader(whole, batch_size=batch_size)]


@forall(listed(shape=(2, 3)), batch_size=st.integers(1, 3), examples=6)
def test_feeds_a_loader(impl, names, arrays, labels, annotations, batch_size):
    """It is a torch Dataset, and a DataLoader makes batches of it."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        assert isinstance(dataset, Dataset), "FolderDataset must be a subclass of Dataset."
        batches = [tuple(batch) for batch in DataLoader(dataset, batch_size=batch_size)]
    assert_same(batches, batches_of(arrays, labels, batch_size))
    return batches


@forall(listed(shape=(2, 3)), batch_size=st.integers(1, 2), examples=1)
def test_feeds_worker_processes(impl, names, arrays, labels, annotations, batch_size):
    """A DataLoader with two worker processes makes the same batches."""
    with filled(names, arrays, labels, annotations) as root:
        dataset = impl.FolderDataset(root, annotations)
        batches = [tuple(batch) for batch in loader(dataset, 2, batch_size=batch_size)]
    assert_same(batches, batches_of(arrays, labels, batch_size))
    return batches


class _Answer(Dataset):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, root, annotations, transform=None):
        self.root, self.annotations, self.transform = root.absolute(), annotations, transform
        self.rows = self.read()

    def read(self):
        with (self.root / self.annotations).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def load(self, name):
        return torch.tensor(np.load(self.root / name), dtype=torch.float32)

    def label(self, text):
        return torch.tensor(int(text))

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        name, label = self.rows[index]
        sample = self.load(name)
        if self.transform is not None:
            sample = self.transform(sample)
        return sample, self.label(label)


@misconception(
    of="FolderDataset",
    says="The .npy files are opened when the dataset is made, all of them. Open one when its "
    "sample is asked for.",
)
class ReadsEverythingFirst(_Answer):
    def __init__(self, root, annotations, transform=None):
        super().__init__(root, annotations, transform)
        self.arrays = [np.load(self.root / name) for name, _ in self.rows]
        self.names = [name for name, _ in self.rows]

    def load(self, name):
        return torch.tensor(self.arrays[self.names.index(name)], dtype=torch.float32)


@misconception(
    of="FolderDataset",
    says="The first row is eaten as a header. This CSV has none: its first row is a sample.",
)
class EatsTheFirstRow(_Answer):
    def read(self):
        return super().read()[1:]


@misconception(
    of="FolderDataset",
    says="The names are looked up in the working directory. They are relative to root.",
)
class LooksInTheWorkingDirectory(_Answer):
    def load(self, name):
        return torch.tensor(np.load(name), dtype=torch.float32)


@misconception(
    of="FolderDataset",
    says="A relative root means another folder once the working directory has changed. Settle what "
    "it means when the dataset is made.",
)
class KeepsARelativeRoot(_Answer):
    def __init__(self, root, annotations, transform=None):
        super().__init__(root, annotations, transform)
        self.root = root


@misconception(
    of="FolderDataset",
    says="A comma can be part of a name, which then stands in quotes. The module csv knows that; "
    "split does not.",
)
class SplitsAtCommas(_Answer):
    def read(self):
        lines = (self.root / self.annotations).read_text(encoding="utf-8").splitlines()
        return [line.split(",") for line in lines]


@misconception(
    of="FolderDataset",
    says="A CSV has nothing but text in it. The label is a number, as a tensor.",
)
class LeavesLabelsAsText(_Answer):
    def label(self, text):
        return text


@misconception(
    of="FolderDataset",
    says="The folder is listed, in an order of its own and with files that are no samples. The "
    "rows of the CSV say what there is, in which order.",
)
class ListsTheFolder(_Answer):
    def read(self):
        labels = dict(super().read())
        paths = sorted(self.root.rglob("*.npy"))
        return [[path, labels.get(path.relative_to(self.root).as_posix(), 0)] for path in paths]


@misconception(
    of="FolderDataset",
    says="What was read once is kept, and in the end all of it is in memory. Read at each access.",
)
class KeepsWhatItRead(_Answer):
    def __init__(self, root, annotations, transform=None):
        super().__init__(root, annotations, transform)
        self.kept = {}

    def load(self, name):
        if name not in self.kept:
            self.kept[name] = super().load(name)
        return self.kept[name].clone()


@misconception(
    of="FolderDataset",
    says="A file stays open that was never closed: with many datasets or workers the system runs "
    "out of them. A with block closes it.",
)
class LeavesTheCsvOpen(_Answer):
    def read(self):
        self.file = (self.root / self.annotations).open(encoding="utf-8", newline="")
        return list(csv.reader(self.file))

    def __getstate__(self):
        return {**vars(self), "file": None}


@misconception(
    of="FolderDataset",
    says="The CSV is read again at each access. It is to be read once, when the dataset is made.",
)
class ReadsTheCsvAgain(_Answer):
    def __getitem__(self, index):
        self.rows = self.read()
        return super().__getitem__(index)


@misconception(
    of="FolderDataset",
    says="The tensor has the array's dtype. A model's weights are float32, and so the samples are "
    "to be.",
)
class KeepsTheDtypes(_Answer):
    def load(self, name):
        return torch.tensor(np.load(self.root / name))


@misconception(
    of="FolderDataset",
    says="Whether there is a transform is asked by its truth. One with a length of 0 is false, and "
    "must be called all the same: None alone means none.",
)
class AsksForTruth(_Answer):
    def __getitem__(self, index):
        name, label = self.rows[index]
        sample = self.load(name)
        return self.transform(sample) if self.transform else sample, self.label(label)


@misconception(of="FolderDataset", says="The transform is never called.")
class ForgetsTheTransform(_Answer):
    def __init__(self, root, annotations, transform=None):
        super().__init__(root, annotations)


@misconception(
    of="FolderDataset",
    says="A memory map keeps its file open for as long as the array is in use, or anything that "
    "shares its memory. Read the file, and close it.",
)
class MapsTheFile(_Answer):
    def load(self, name):
        array = np.load(self.root / name)
        if array.size:
            array = np.load(self.root / name, mmap_mode="c")
        return torch.as_tensor(array).float()


@misconception(
    of="FolderDataset",
    says="The label is a 0-dim int64 tensor, not a number.",
)
class GivesPlainNumbers(_Answer):
    def label(self, text):
        return int(text)


@misconception(
    of="FolderDataset",
    says="The files are looked up beside the CSV. Their names are relative to root, wherever the "
    "CSV lies.",
)
class LooksBesideTheCsv(_Answer):
    def load(self, name):
        array = np.load((self.root / self.annotations).parent / name)
        return torch.tensor(array, dtype=torch.float32)


@misconception(
    of="FolderDataset",
    says="The transform is given an array. Make a tensor first, then call it, and hand on what it "
    "returns.",
)
class TransformsTheArray(_Answer):
    def __getitem__(self, index):
        name, label = self.rows[index]
        if self.transform is None:
            return self.load(name), self.label(label)
        return self.transform(np.load(self.root / name)), self.label(label)
