"""Properties and misconceptions of data/fix_loader_usage."""

import itertools

import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


class Noting(Dataset):
    """Notes each index that is read; one of them may raise."""

    def __init__(self, length, broken=None):
        self.length, self.broken, self.read = length, broken, []

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        if index == self.broken:
            raise KeyError(f"sample {index}")
        self.read.append(index)
        return float(index), index


class Endless:
    """A walk without an end, which notes how far it was gone. No length, and no index."""

    def __init__(self):
        self.begun, self.steps = 0, 0

    def __iter__(self):
        self.begun += 1
        for number in itertools.count():
            self.steps += 1
            yield f"batch {number}"


@st.composite
def samples(draw, min_rows=1):
    rows = draw(st.integers(min_rows, 7))
    return {
        "x": draw(st.tensors((rows, 2), st.dtypes(torch.float32, torch.float64))),
        "y": draw(st.labels(5, (rows,))),
        "batch_size": draw(st.integers(1, 3)),
    }


def batched(x, y, batch_size):
    return DataLoader(TensorDataset(x, y), batch_size=batch_size)


@forall(samples(), n=st.integers(0, 7))
def test_gives_the_first_batches(impl, x, y, batch_size, n):
    """peek gives a list of the first n batches."""
    loader = batched(x, y, batch_size)
    n = min(n, len(loader))
    first = impl.peek(loader, n)
    assert_same(first, list(batched(x, y, batch_size))[:n])
    return first


@forall(samples(min_rows=0), beyond=st.integers(1, 3))
def test_gives_all_where_there_are_fewer(impl, x, y, batch_size, beyond):
    """With n beyond the length, peek gives all batches."""
    loader = batched(x, y, batch_size)
    first = impl.peek(loader=loader, n=len(loader) + beyond)
    assert_same(first, list(batched(x, y, batch_size)))
    return first


@forall(length=st.integers(0, 8), batch_size=st.integers(1, 3), n=st.integers(0, 3))
def test_reads_no_further(impl, length, batch_size, n):
    """peek reads the samples of n batches from a DataLoader, and none beyond."""
    dataset = Noting(length)
    count = len(impl.peek(DataLoader(dataset, batch_size=batch_size), n))
    return {"batches": count, "samples read": dataset.read}


@forall(n=st.integers(0, 4))
def test_needs_no_end(impl, n):
    """A loader may have no length, no index and no end."""
    endless = Endless()
    result = impl.peek(endless, n)
    return {"result": result, "batches read": endless.steps}


@forall(samples(), n=st.lists(st.integers(0, 4), min_size=2, max_size=3))
def test_begins_anew(impl, x, y, batch_size, n):
    """Each call begins a walk of its own, and the loader still gives everything afterwards."""
    loader = batched(x, y, batch_size)
    results = [impl.peek(loader, each) for each in n]
    return results, list(loader)


@forall(count=st.integers(0, 4), n=st.integers(0, 5), kind=st.sampled_from(("list", "tuple")))
def test_hands_batches_on(impl, count, n, kind):
    """Batches are handed on as they are, None and empty lists among them."""
    batches = [[], None, {"x": 1}, [2, 3]][:count]
    result = impl.peek(batches if kind == "list" else tuple(batches), n)
    pairs = zip(result, batches, strict=False)
    return {"result": result, "the same": [one is other for one, other in pairs]}


@forall(length=st.integers(1, 6), broken=st.integers(0, 5), raises=KeyError)
def test_exceptions_come_out(impl, length, broken):
    """What the loader raises comes out as it is."""
    loader = DataLoader(Noting(length, broken=broken % length), batch_size=2)
    return impl.peek(loader, length)


@misconception(
    of="peek",
    stub=True,
    says="An iterator has no method next: that was Python 2, and torch for a while. next is a "
    "function.",
)
def asks_for_a_method(loader, n):
    batches = iter(loader)
    return [batches.next() for _ in range(n)]


@misconception(
    of="peek",
    says="At the end of the loader next raises StopIteration, and it comes out of peek. Where "
    "there are fewer than n batches, all of them are asked for.",
)
def lets_the_end_escape(loader, n):
    batches = iter(loader)
    return [next(batches) for _ in range(n)]


@misconception(
    of="peek",
    says="Each iter(loader) begins anew, so that next gives the first batch every time. Begin one "
    "walk, and take n steps.",
)
def begins_for_each_batch(loader, n):
    return [batch for _ in range(n) for batch in itertools.islice(loader, 1)]


@misconception(
    of="peek",
    says="The whole loader is read, and most of it thrown away. Stop after n batches.",
)
def reads_everything(loader, n):
    return list(itertools.islice(loader, 1000))[:n]


@misconception(
    of="peek",
    says="One batch too many is read: the loop has fetched it by the time that it looks at the "
    "number.",
)
def reads_one_too_many(loader, n):
    first = []
    for number, batch in enumerate(loader):
        if number >= n:
            break
        first.append(batch)
    return first


@misconception(
    of="peek",
    says="next(batches, None) gives None after the end. Where there are fewer batches, the list is "
    "shorter.",
)
def fills_up_with_none(loader, n):
    batches = iter(loader)
    return [next(batches, None) for _ in range(n)]


@misconception(
    of="peek",
    says="A loader need not know its length. Walk through it, and see when it ends.",
)
def asks_for_the_length(loader, n):
    batches = iter(loader)
    return [next(batches) for _ in range(min(n, len(loader)))]


@misconception(
    of="peek",
    says="An error of the loader is taken for its end. Only StopIteration says that.",
)
def takes_errors_for_the_end(loader, n):
    first, batches = [], iter(loader)
    while len(first) < n:
        try:
            first.append(next(batches))
        except Exception:
            break
    return first


@misconception(
    of="peek",
    says="A loader has no index, and can't be sliced. It can only be walked through.",
)
def asks_by_index(loader, n):
    return [loader[number] for number in range(n)]


@misconception(
    of="peek",
    says="With yield in it the function gives a generator. A list is asked for.",
)
def gives_a_generator(loader, n):
    yield from itertools.islice(loader, n)


@misconception(
    of="peek",
    says="None is taken for the end, but may be a batch like any other.",
)
def takes_none_for_the_end(loader, n):
    return list(itertools.takewhile(lambda each: each is not None, itertools.islice(loader, n)))
