"""Properties and misconceptions of data/mini_loader."""

import itertools
import random
from collections import Counter
from contextlib import ExitStack, contextmanager
from unittest import mock

import torch
from torch.utils.data import (
    BatchSampler,
    DataLoader,
    Dataset,
    RandomSampler,
    SequentialSampler,
    SubsetRandomSampler,
    WeightedRandomSampler,
    default_collate,
)

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OF_TORCH = (
    *(DataLoader, BatchSampler, RandomSampler, SequentialSampler),
    *(SubsetRandomSampler, WeightedRandomSampler),
)
EPOCHS = 600
FEWEST, MOST = 43, 165
"""How often each of six orders comes in 600 fair epochs. By Chernoff's bound one of the six is
outside with a probability of less than 1e-9."""


class Noting(Dataset):
    """Samples of some form, and a note of each index that was asked for."""

    def __init__(self, x, form="pair"):
        self.x, self.form, self.asked = x, form, []

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        self.asked.append(index)
        sample = self.x[index]
        if self.form == "pair":
            return sample, index
        return {"x": sample, "name": f"number {index}"} if self.form == "dict" else sample


@st.composite
def datasets(draw, min_rows=0, max_rows=7):
    rows = draw(st.integers(min_rows, max_rows))
    return {
        "x": draw(st.tensors((rows, 3), st.dtypes(torch.float32, torch.float64, torch.int64))),
        "batch_size": draw(st.integers(1, 4)),
    }


def source(seed):
    return torch.Generator().manual_seed(seed)


def next_of(generator=None):
    return {"what torch.rand gives afterwards": torch.rand(4, generator=generator)}


def orders_of(loader, epochs):
    """The order of the samples in each of some epochs, of a dataset of numbers."""
    return [[each for batch in loader for each in batch.tolist()] for _ in range(epochs)]


@forall(
    datasets(),
    form=st.sampled_from(("pair", "dict", "tensor")),
    drop_last=st.booleans(),
    epochs=st.integers(1, 2),
    strata={
        "a last batch": {"x": st.tensors((5, 2)), "batch_size": st.just(2)},
        "full batches": {"x": st.tensors((4, 2)), "batch_size": st.just(2)},
    },
)
def test_gives_the_batches_of_a_dataloader(impl, x, batch_size, form, drop_last, epochs):
    """Without shuffle each epoch has the batches of a DataLoader, with the last one or without."""
    loader = impl.MiniLoader(Noting(x, form), batch_size, drop_last=drop_last)
    batches = [list(loader) for _ in range(epochs)]
    whole = DataLoader(Noting(x, form), batch_size, drop_last=drop_last)
    assert_same(batches, [list(whole) for _ in range(epochs)])
    return batches


@forall(n=st.integers(0, 9), batch_size=st.integers(1, 4), drop_last=st.booleans())
def test_len_counts_the_batches(impl, n, batch_size, drop_last):
    """len is the number of batches in an epoch."""
    count = len(impl.MiniLoader(range(n), batch_size=batch_size, drop_last=drop_last))
    assert_same(count, len(DataLoader(range(n), batch_size=batch_size, drop_last=drop_last)))
    return count


@forall(
    datasets(min_rows=1),
    batches=st.integers(0, 3),
    shuffle=st.booleans(),
    drop_last=st.booleans(),
    strata={
        "a last batch is dropped": {
            "x": st.tensors((5, 2)),
            "batch_size": st.just(2),
            "batches": st.just(3),
            "drop_last": st.just(True),
        },
    },
)
def test_asks_when_a_batch_is_due(impl, x, batch_size, batches, shuffle, drop_last):
    """The dataset is asked for the samples of a batch when it is due, and with an int."""
    dataset = Noting(x)
    walk = iter(impl.MiniLoader(dataset, batch_size, shuffle, drop_last))
    before = len(dataset.asked)
    given = list(itertools.islice(walk, batches))
    return {
        "asked before the first batch": before,
        "asked": len(dataset.asked) if shuffle else dataset.asked,
        "kinds of index": {type(index).__name__ for index in dataset.asked},
        "the batches have what was asked for": [
            number for batch in given for number in batch[1].tolist()
        ]
        == dataset.asked,
    }


@forall(n=st.integers(2, 6), batch_size=st.integers(1, 2), shuffle=st.booleans())
def test_walks_don_t_disturb_each_other(impl, n, batch_size, shuffle):
    """Two walks at once give all the batches each, and a walk that was left gives none later."""
    loader = impl.MiniLoader(range(n), batch_size, shuffle)
    next(iter(loader))
    pairs = list(zip(loader, loader, strict=True))
    walks = [torch.cat(batches).sort().values for batches in zip(*pairs, strict=True)]
    return len(pairs), walks


@forall(n=st.integers(0, 9), batch_size=st.integers(1, 4), drop_last=st.booleans())
def test_shuffled_samples_come_once(impl, n, batch_size, drop_last):
    """With shuffle, too, each sample comes once in an epoch, but for a last batch left out."""
    loader = impl.MiniLoader(range(n), batch_size, shuffle=True, drop_last=drop_last)
    epochs = [list(loader) for _ in range(3)]
    numbers = [sorted(number for batch in each for number in batch.tolist()) for each in epochs]
    complete = not drop_last or n % batch_size == 0
    return {
        "sizes": [[len(batch) for batch in each] for each in epochs],
        "each once": [len(set(each)) == len(each) for each in numbers],
        "numbers": numbers if complete else "left open",
    }


@forall(n=st.integers(8, 12), batch_size=st.integers(1, 3), seed=st.integers(0, 9), examples=10)
def test_shuffles_by_the_generator(impl, n, batch_size, seed):
    """The same seed gives the same epochs, each with a new order; the global state is left."""
    torch.manual_seed(99)
    loader = impl.MiniLoader(range(n), batch_size, shuffle=True, generator=source(seed))
    first, *more = orders_of(loader, 4)
    assert_same(next_of(), next_of(source(99)))
    loader = impl.MiniLoader(range(n), batch_size, shuffle=True, generator=source(seed))
    again = orders_of(loader, 4)
    assert again == [first, *more], "Another generator with the same seed gives other epochs."
    assert any(each != first for each in more), "All epochs have the same order."
    return again == [first, *more]


@forall(n=st.integers(8, 12), batch_size=st.integers(1, 3), seed=st.integers(0, 9), examples=10)
def test_shuffles_by_the_global_state(impl, n, batch_size, seed):
    """Without a generator, the global random state gives each epoch a new order."""
    loader = impl.MiniLoader(range(n), batch_size, shuffle=True)
    torch.manual_seed(seed)
    first, *more = orders_of(loader, 4)
    torch.manual_seed(seed)
    again = orders_of(loader, 4)
    assert again == [first, *more], "The same global seed gives other epochs."
    assert any(each != first for each in more), "All epochs have the same order."
    return again == [first, *more]


@forall(n=st.integers(0, 5), batch_size=st.integers(1, 3), examples=10)
def test_draws_nothing_without_shuffle(impl, n, batch_size):
    """Without shuffle nothing is drawn, from the generator or from the global random state."""
    torch.manual_seed(99)
    generator = source(98)
    for given in (None, generator):
        loader = impl.MiniLoader(range(n), batch_size, generator=given)
        len(loader), list(loader)
    assert_same((next_of(), next_of(generator)), (next_of(source(99)), next_of(source(98))))


@forall(drop_last=st.booleans(), seed=st.integers(0, 9), examples=2)
def test_any_order_can_come(impl, drop_last, seed):
    """Each order of the samples is as likely as any other."""
    loader = impl.MiniLoader(range(3), 2, True, drop_last, source(seed))
    seen = Counter(tuple(order) for order in orders_of(loader, EPOCHS))
    assert len(seen) == 6, f"{EPOCHS} epochs with 3 samples gave {len(seen)} of the 6 orders."
    for order, count in seen.items():
        assert FEWEST <= count <= MOST, (
            f"The order {order} came {count} times in {EPOCHS}: it should be about 100."
        )
    return set(seen)


@contextmanager
def torchs_own():
    """Notes which loaders and samplers of torch's are walked through."""
    walked = []

    def noting(cls, walk):
        def noted(self):
            walked.append(cls.__name__)
            return walk(self)

        return noted

    with ExitStack() as stack:
        for cls in OF_TORCH:
            stack.enter_context(mock.patch.object(cls, "__iter__", noting(cls, cls.__iter__)))
        yield walked


@forall(n=st.integers(1, 6), batch_size=st.integers(1, 2), shuffle=st.booleans(), examples=6)
def test_does_without_torchs_own(impl, n, batch_size, shuffle):
    """It does without the loaders and samplers of torch.utils.data."""
    with torchs_own() as walked:
        list(impl.MiniLoader(range(n), batch_size, shuffle))
    return walked


@forall(batch_size=st.sampled_from((0, -1)), n=st.integers(0, 3), raises=ValueError)
def test_refuses_a_batch_of_none(impl, batch_size, n):
    """A batch_size of less than 1 is refused with a ValueError when the loader is made."""
    impl.MiniLoader(range(n), batch_size)


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        if batch_size < 1:
            raise ValueError(batch_size)
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        self.drop_last, self.generator = drop_last, generator

    def __len__(self):
        more = 0 if self.drop_last else self.batch_size - 1
        return (len(self.dataset) + more) // self.batch_size

    def order(self):
        n = len(self.dataset)
        return torch.randperm(n, generator=self.generator).tolist() if self.shuffle else range(n)

    def batches(self):
        order = self.order()
        starts = range(0, len(order), self.batch_size)
        batches = [list(order[start : start + self.batch_size]) for start in starts]
        return [each for each in batches if len(each) == self.batch_size or not self.drop_last]

    def __iter__(self):
        for batch in self.batches():
            yield default_collate([self.dataset[index] for index in batch])


@misconception(
    of="MiniLoader",
    says="Every epoch has the same order. Each needs a new one: draw it in __iter__, and seed "
    "nothing there.",
)
class FreezesTheOrder(_Answer):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.frozen = super().order()

    def order(self):
        return self.frozen


@misconception(
    of="MiniLoader",
    says="The samples that don't fill a batch are lost. Without drop_last they are a smaller one.",
)
class LosesTheLastBatch(_Answer):
    def batches(self):
        return [each for each in super().batches() if len(each) == self.batch_size]


@misconception(
    of="MiniLoader",
    says="The argument drop_last is never used: a batch that is not full is to be left out.",
)
class KeepsTheLastBatch(_Answer):
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        super().__init__(dataset, batch_size, shuffle, False, generator)


@misconception(of="MiniLoader", says="len is the number of batches; yours counts samples.")
class CountsTheSamples(_Answer):
    def __len__(self):
        return len(self.dataset)


@misconception(
    of="MiniLoader",
    says="// rounds down: the last batch, which is not full, is one of those that len counts.",
)
class RoundsTheLengthDown(_Answer):
    def __len__(self):
        return len(self.dataset) // self.batch_size


@misconception(
    of="MiniLoader",
    says="The loader is its own iterator and keeps a single place, which two walks share. Let "
    "__iter__ give a new iterator each time.",
)
class IsItsOwnIterator(_Answer):
    def __iter__(self):
        self.walk = super().__iter__()
        return self

    def __next__(self):
        return next(self.walk)


@misconception(
    of="MiniLoader",
    says="The batches change places, but the same samples are together in every epoch. Shuffle the "
    "samples before you cut.",
)
class ShufflesTheBatches(_Answer):
    def order(self):
        return range(len(self.dataset))

    def batches(self):
        batches = super().batches()
        if not self.shuffle:
            return batches
        return [batches[at] for at in torch.randperm(len(batches), generator=self.generator)]


@misconception(
    of="MiniLoader",
    says="randint draws each number by itself: some samples come twice in an epoch, and others "
    "never.",
)
class DrawsWithReplacement(_Answer):
    def order(self):
        n = len(self.dataset)
        drawn = torch.randint(max(n, 1), (n,), generator=self.generator).tolist()
        return drawn if self.shuffle else range(n)


@misconception(of="MiniLoader", says="The argument generator is never used.")
class IgnoresTheGenerator(_Answer):
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        super().__init__(dataset, batch_size, shuffle, drop_last)


@misconception(
    of="MiniLoader",
    says="A batch is a list of samples still. default_collate makes one sample's structure of it, "
    "with tensors in its places.",
)
class GivesListsOfSamples(_Answer):
    def __iter__(self):
        for batch in self.batches():
            yield [self.dataset[index] for index in batch]


@misconception(
    of="MiniLoader",
    says="All samples are read before the first batch is given out. A dataset may be larger than "
    "the memory: ask for a batch's samples when it is due.",
)
class ReadsEverythingFirst(_Answer):
    def __iter__(self):
        samples = [[self.dataset[index] for index in batch] for batch in self.batches()]
        return iter([default_collate(each) for each in samples])


@misconception(
    of="MiniLoader",
    says="The dataset is asked with tensors, which an order of torch's is made of. tolist makes "
    "ints of them.",
)
class AsksWithTensors(_Answer):
    def order(self):
        n = len(self.dataset)
        return torch.randperm(n, generator=self.generator) if self.shuffle else range(n)


@misconception(
    of="MiniLoader",
    says="An order is drawn even where none is asked for. Who turns shuffle off expects the random "
    "numbers to stay as they were.",
)
class DrawsAnyhow(_Answer):
    def order(self):
        order = torch.randperm(len(self.dataset), generator=self.generator).tolist()
        return order if self.shuffle else sorted(order)


@misconception(
    of="MiniLoader",
    says="Python's random has a state of its own, of which torch and the generator know nothing.",
)
class ShufflesWithPython(_Answer):
    def order(self):
        n = len(self.dataset)
        return random.sample(range(n), n) if self.shuffle else range(n)


@misconception(
    of="MiniLoader",
    says="There is a DataLoader inside, and that draws a number for its workers at each walk, "
    "though nothing is shuffled and there are no workers.",
)
class WrapsADataLoader(_Answer):
    def __iter__(self):
        for batch in DataLoader(
            self.batches(), batch_size=None, collate_fn=list, generator=self.generator
        ):
            yield default_collate([self.dataset[index] for index in batch])
