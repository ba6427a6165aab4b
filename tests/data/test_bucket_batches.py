"""Properties and misconceptions of data/bucket_batches."""

import math

import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import BatchSampler, DataLoader, Sampler, SequentialSampler

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

lengths_of_some = st.lists(st.integers(0, 9), max_size=9)
sizes = st.integers(1, 4)


@st.composite
def full_batches(draw):
    """Samples that fill their batches."""
    size = draw(sizes)
    count = size * draw(st.integers(1, 3))
    lengths = draw(st.lists(st.integers(0, 30), min_size=count, max_size=count))
    return {"lengths": lengths, "batch_size": size}


def sorted_and_cut(lengths, batch_size):
    """The lengths in each batch, by torch's own sampler."""
    batches = BatchSampler(SequentialSampler(lengths), batch_size, drop_last=False)
    rising = sorted(lengths)
    return [[rising[at] for at in batch] for batch in batches]


def lengths_in(batches, lengths):
    return [sorted(lengths[number] for number in batch) for batch in batches]


@forall(lengths=lengths_of_some, batch_size=sizes)
def test_each_sample_is_in_one_batch(impl, lengths, batch_size):
    """Every sample is in exactly one batch."""
    batches = list(impl.Buckets(lengths, batch_size))
    numbers = sorted(number for batch in batches for number in batch)
    assert_same(numbers, list(range(len(lengths))))
    return numbers


@forall(
    lengths=lengths_of_some,
    batch_size=sizes,
    strata={"a last batch": {"lengths": st.just([9, 2, 8, 3, 5]), "batch_size": st.just(2)}},
)
def test_batches_are_full(impl, lengths, batch_size):
    """Every batch is full but the last, and len is the number of batches."""
    sampler = impl.Buckets(lengths=lengths, batch_size=batch_size)
    return {"len": len(sampler), "sizes": [len(batch) for batch in sampler]}


@forall(
    lengths=lengths_of_some,
    batch_size=sizes,
    strata={"neither rising nor falling": {"lengths": st.just([2, 9, 3, 8, 5, 7])}},
)
def test_the_shortest_come_first(impl, lengths, batch_size):
    """The batches are those of the samples sorted by length, the shortest first."""
    found = lengths_in(impl.Buckets(lengths, batch_size), lengths)
    assert_same(found, sorted_and_cut(lengths, batch_size))
    return found


@forall(lengths=lengths_of_some, batch_size=sizes)
def test_a_batch_is_a_list_of_ints(impl, lengths, batch_size):
    """A batch is a list of ints, which nobody else holds: what is done to it is not seen later."""
    sampler = impl.Buckets(lengths, batch_size)
    kinds = set()
    for batch in sampler:
        kinds |= {type(batch).__name__, *(type(number).__name__ for number in batch)}
        batch.clear()
    return kinds, lengths_in(sampler, lengths)


@forall(lengths=lengths_of_some, batch_size=sizes)
def test_each_epoch_gives_all_batches(impl, lengths, batch_size):
    """Each epoch gives all the batches, and two walks at once don't disturb each other."""
    sampler = impl.Buckets(lengths, batch_size)
    next(iter(sampler), None)
    walks = list(zip(*zip(sampler, sampler, strict=True), strict=True))
    return [lengths_in(walk, lengths) for walk in [*walks, sampler]]


@forall(full_batches())
def test_pads_the_least_in_a_loader(impl, lengths, batch_size):
    """It is a torch Sampler, and a DataLoader takes it as its batch_sampler: little is padded."""
    sampler = impl.Buckets(lengths, batch_size)
    assert isinstance(sampler, Sampler), "Buckets must be a subclass of Sampler."
    sequences = [torch.ones(length) for length in lengths]
    loader = DataLoader(
        sequences, batch_sampler=sampler, collate_fn=lambda batch: pad_sequence(batch, True)
    )
    padded = [(batch == 0).sum().item() for batch in loader]
    cut = sorted_and_cut(lengths, batch_size)
    assert_same(padded, [sum(max(batch) - each for each in batch) for batch in cut])
    return padded, len(loader)


@forall(lengths=lengths_of_some, batch_size=st.sampled_from((0, -1)), raises=ValueError)
def test_refuses_a_batch_of_none(impl, lengths, batch_size):
    """A batch_size of less than 1 is refused with a ValueError when the sampler is made."""
    impl.Buckets(lengths, batch_size)


class _Answer(Sampler):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError(batch_size)
        self.lengths, self.batch_size = lengths, batch_size

    def order(self):
        return sorted(range(len(self.lengths)), key=self.lengths.__getitem__)

    def batches(self):
        order, size = self.order(), self.batch_size
        return [order[start : start + size] for start in range(0, len(order), size)]

    def __len__(self):
        return math.ceil(len(self.lengths) / self.batch_size)

    def __iter__(self):
        return iter(self.batches())


@misconception(
    of="Buckets",
    says="The samples that don't fill a batch are lost. They are a smaller one.",
)
class DropsTheTail(_Answer):
    def batches(self):
        return [batch for batch in super().batches() if len(batch) == self.batch_size]


@misconception(
    of="Buckets",
    says="The samples are in the order of the file, and not sorted: short ones are padded to long "
    "ones.",
)
class DoesNotSort(_Answer):
    def order(self):
        return list(range(len(self.lengths)))


@misconception(
    of="Buckets",
    says="Each batch is sorted within itself, which changes nothing about the padding. Sort before "
    "you cut.",
)
class SortsWithinTheBatches(_Answer):
    def order(self):
        return list(range(len(self.lengths)))

    def batches(self):
        cut = [sorted(batch, key=self.lengths.__getitem__) for batch in super().batches()]
        return sorted(cut, key=lambda batch: self.lengths[batch[0]])


@misconception(
    of="Buckets",
    says="The longest come first. Here it is the shortest, and the last batch is of the longest.",
)
class BeginsWithTheLongest(_Answer):
    def order(self):
        return super().order()[::-1]


@misconception(
    of="Buckets",
    says="The batches hold lengths. A loader needs the numbers of the samples.",
)
class GivesLengths(_Answer):
    def order(self):
        return sorted(self.lengths)


@misconception(
    of="Buckets",
    says="Only samples of exactly one length come together, so that there are too many batches, "
    "and small ones. A little padding is the price of full batches.",
)
class WantsEqualLengths(_Answer):
    def batches(self):
        groups = {}
        for number in self.order():
            groups.setdefault(self.lengths[number], []).append(number)
        size = self.batch_size
        return [
            group[start : start + size]
            for group in groups.values()
            for start in range(0, len(group), size)
        ]

    def __len__(self):
        return len(self.batches())


@misconception(
    of="Buckets",
    says="The numbers come one by one. A batch sampler gives lists of them, each a batch.",
)
class GivesSingleNumbers(_Answer):
    def __iter__(self):
        return iter(self.order())


@misconception(of="Buckets", says="len is the number of batches; yours counts the samples.")
class CountsTheSamples(_Answer):
    def __len__(self):
        return len(self.lengths)


@misconception(
    of="Buckets",
    says="// rounds down: the last batch, which is not full, is one of those that len counts.",
)
class RoundsTheLengthDown(_Answer):
    def __len__(self):
        return len(self.lengths) // self.batch_size


@misconception(
    of="Buckets",
    says="An iterator that is made in __init__ is spent after one walk. Make one in __iter__.",
)
class IsSpent(_Answer):
    def __init__(self, lengths, batch_size):
        super().__init__(lengths, batch_size)
        self.walk = iter(self.batches())

    def __iter__(self):
        return self.walk


@misconception(
    of="Buckets",
    says="list.sort sorts the caller's list, in place: afterwards the lengths no longer stand at "
    "their samples' numbers.",
)
class SortsTheCallersList(_Answer):
    def order(self):
        before = list(self.lengths)
        self.lengths.sort()
        return sorted(range(len(before)), key=before.__getitem__)


@misconception(
    of="Buckets",
    says="The batches that are kept are given out themselves: who empties one has emptied it for "
    "the next epoch. Give copies.",
)
class GivesWhatItKeeps(_Answer):
    def __init__(self, lengths, batch_size):
        super().__init__(lengths, batch_size)
        self.kept = super().batches()

    def batches(self):
        return self.kept


@misconception(
    of="Buckets",
    says="lengths.index gives the first sample of a length. Where two have one length, it comes "
    "twice, and the other never.",
)
class LooksUpTheLengths(_Answer):
    def order(self):
        return [self.lengths.index(length) for length in sorted(self.lengths)]


@misconception(
    of="Buckets",
    says="The numbers are tensors of one element. A batch is a list of ints: tolist makes one.",
)
class GivesTensors(_Answer):
    def batches(self):
        return [list(torch.tensor(batch)) for batch in super().batches()]


@misconception(
    of="Buckets",
    says="The sampler is its own iterator and keeps a single place, which two walks share. Let "
    "__iter__ give a new iterator each time.",
)
class IsItsOwnIterator(_Answer):
    def __iter__(self):
        self.walk = super().__iter__()
        return self

    def __next__(self):
        return next(self.walk)


@misconception(
    of="Buckets",
    says="Buckets must be a subclass of Sampler: class Buckets(Sampler).",
)
class IsNoSampler:
    def __init__(self, lengths, batch_size):
        self.answer = _Answer(lengths, batch_size)

    def __len__(self):
        return len(self.answer)

    def __iter__(self):
        return iter(self.answer)


@misconception(
    of="Buckets",
    says="What doesn't fill a batch is put into the one before, which is larger then than "
    "batch_size allows.",
)
class JoinsTheTail(_Answer):
    def batches(self):
        *batches, last = super().batches() or [[]]
        if batches and len(last) < self.batch_size:
            return [*batches[:-1], batches[-1] + last]
        return [*batches, last] if last else []

    def __len__(self):
        return len(self.batches())
