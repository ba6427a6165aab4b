"""Properties and misconceptions of training/seeded_loader."""

import random

import numpy as np
import torch
from torch.utils.data import DataLoader, RandomSampler

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SEEDS = st.sampled_from((3, 0, 1, 42, 1234, 2**31))
SIZES = st.sampled_from((24, 20, 31))
"""So many samples that two orders are not equal by chance."""


def epoch(loader):
    """The samples in the order of one pass."""
    return [sample for batch in loader for sample in batch.tolist()]


def epochs(loader, count=3):
    return [epoch(loader) for _ in range(count)]


def draws(device):
    """What the global generators give next."""
    return {
        "random": random.random(),
        "numpy": float(np.random.rand()),
        "torch": torch.rand(2),
        "torch, on the device": torch.rand(2, device=device),
    }


def begin(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def drawn_from(seed, device):
    begin(seed)
    return draws(device)


@forall(n=st.integers(1, 9), batch_size=st.integers(1, 5), seed=SEEDS, examples=14)
def test_gives_each_sample_once(impl, n, batch_size, seed):
    """Each epoch gives each sample once, in batches; the last one may be smaller."""
    samples = [(10 * number, number / 7, "text") for number in range(n)]
    loader = impl.make_loader(dataset=samples, batch_size=batch_size, seed=seed)
    assert isinstance(loader, DataLoader), "make_loader must return a DataLoader."
    passes = [list(loader) for _ in range(2)]
    given = [
        [torch.cat([batch[part] for batch in batches]).sort().values for part in (0, 1)]
        for batches in passes
    ]
    assert_same(given, [[torch.arange(n) * 10, torch.arange(n, dtype=torch.float64) / 7]] * 2)
    sizes = [[len(batch[0]) for batch in batches] for batches in passes]
    return isinstance(loader, DataLoader), len(loader), sizes, given


@forall(n=SIZES, seed=SEEDS, batch_size=st.integers(1, 9), examples=8)
def test_each_epoch_has_a_new_order(impl, n, seed, batch_size):
    """The samples are shuffled, and each epoch has a new order."""
    orders = epochs(impl.make_loader(range(n), batch_size, seed))
    shuffled = sorted(orders[0]) != orders[0]
    assert shuffled, "The first epoch has the order of the dataset: nothing is shuffled."
    new = orders[0] != orders[1] != orders[2] != orders[0]
    assert new, "Two epochs have the same order."
    return shuffled, new


@forall(n=SIZES, seed=SEEDS, others=st.lists(SEEDS, min_size=2, max_size=2), examples=10)
def test_orders_depend_on_the_seed_alone(impl, n, seed, others):
    """Equal seeds give equal orders in each epoch, whatever the global random states are."""
    begin(others[0])
    first = epochs(impl.make_loader(range(n), 4, seed))
    begin(others[1] + 1)
    loader, second = impl.make_loader(range(n), 4, seed), []
    for _ in range(3):
        second.append(epoch(loader))
        draws("cpu")
    alike = first == second
    assert alike, "With another global random state, the same seed gives other orders."
    return alike


@forall(n=SIZES, seed=SEEDS, examples=6)
def test_loaders_are_independent(impl, n, seed):
    """Two loaders that are read in turns give the same orders as one that is read alone."""
    alone = epochs(impl.make_loader(range(n), 4, seed))
    one, other = impl.make_loader(range(n), 4, seed), impl.make_loader(range(n), 4, seed + 1)
    in_turns = []
    for _ in range(3):
        pairs = [(first.tolist(), second) for first, second in zip(one, other, strict=True)]
        in_turns.append([sample for first, _ in pairs for sample in first])
    independent = in_turns == alone
    assert independent, "Where another loader is read in turns with it, a loader's orders differ."
    return independent


@forall(n=SIZES, seeds=st.lists(SEEDS, min_size=2, max_size=2, unique=True), examples=8)
def test_other_seeds_have_other_orders(impl, n, seeds):
    """Another seed gives another order."""
    first, second = (epoch(impl.make_loader(range(n), 4, seed)) for seed in seeds)
    differ = first != second
    assert differ, f"The seeds {seeds[0]} and {seeds[1]} give the same order."
    return differ


@forall(n=st.integers(1, 6), seed=SEEDS, before=SEEDS, passes=st.integers(0, 2), examples=12)
def test_leaves_the_global_states_alone(impl, n, seed, before, passes, device):
    """Global random states are as if the loader had never been made nor read."""
    begin(before)
    loader = impl.make_loader(range(n), 2, seed)
    for _ in range(passes):
        epoch(loader)
    drawn = draws(device)
    assert_same(drawn, drawn_from(before, device))
    return drawn


@forall(n=st.just(3), examples=1)
def test_any_order_can_come(impl, n):
    """Each of the six orders of three samples comes in some of 100 epochs."""
    loader = impl.make_loader(range(n), n, 5)
    count = len({tuple(order) for order in epochs(loader, 100)})
    assert count == 6, f"Of the 6 orders of 3 samples, {count} came in 100 epochs."
    return count


def _own(seed):
    return torch.Generator().manual_seed(seed)


@misconception(
    of="make_loader",
    says="torch.manual_seed writes to the global random state, for everybody. And the order is "
    "drawn later, when the loader is read: by then that state may be anywhere.",
)
def seeds_the_global_state(dataset, batch_size, seed):
    torch.manual_seed(seed)
    return DataLoader(dataset, batch_size, shuffle=True)


@misconception(
    of="make_loader",
    says="The order comes from the global state when the loader is read. How that was seeded while "
    "the loader was made has no influence: give the loader a generator of its own.",
)
def seeds_while_it_is_made(dataset, batch_size, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return DataLoader(dataset, batch_size, shuffle=True)


@misconception(
    of="make_loader",
    says="The sampler has a generator, and the loader has none: each pass draws a number from the "
    "global state for its workers, though there are none.",
)
def gives_it_to_the_sampler_alone(dataset, batch_size, seed):
    return DataLoader(dataset, batch_size, sampler=RandomSampler(dataset, generator=_own(seed)))


@misconception(
    of="make_loader",
    says="Each epoch has the same order: it is drawn once, or from a generator that is seeded "
    "again for each pass. Let the generator go on.",
)
def draws_one_order(dataset, batch_size, seed):
    generator = _own(seed)
    order = torch.randperm(len(dataset), generator=generator).tolist()
    return DataLoader(dataset, batch_size, sampler=order, generator=generator)


@misconception(
    of="make_loader",
    says="A generator alone shuffles nothing: the samples come in the order of the dataset.",
)
def forgets_to_shuffle(dataset, batch_size, seed):
    return DataLoader(dataset, batch_size, generator=_own(seed))


@misconception(
    of="make_loader",
    says="The seed is never used, and a new torch.Generator always begins with the same one.",
)
def forgets_the_seed(dataset, batch_size, seed):
    return DataLoader(dataset, batch_size, shuffle=True, generator=torch.Generator())


@misconception(
    of="make_loader",
    says="The last batch is dropped where it is smaller, and its samples with it.",
)
def drops_the_last_batch(dataset, batch_size, seed):
    return DataLoader(dataset, batch_size, shuffle=True, drop_last=True, generator=_own(seed))


_SHARED = torch.Generator()


@misconception(
    of="make_loader",
    says="All loaders share one generator: each that is made or read moves it for the others.",
)
def shares_a_generator(dataset, batch_size, seed):
    return DataLoader(dataset, batch_size, shuffle=True, generator=_SHARED.manual_seed(seed))


@misconception(
    of="make_loader",
    says="Samples are drawn with replacement: some come twice in an epoch, and others not at all.",
)
def draws_with_replacement(dataset, batch_size, seed):
    generator = _own(seed)
    sampler = RandomSampler(dataset, replacement=True, generator=generator)
    return DataLoader(dataset, batch_size, sampler=sampler, generator=generator)


@misconception(
    of="make_loader",
    says="torch.manual_seed gives torch's global generator, seeded, and not one of its own.",
)
def takes_the_global_generator(dataset, batch_size, seed):
    return DataLoader(dataset, batch_size, shuffle=True, generator=torch.manual_seed(seed))


@misconception(
    of="make_loader",
    says="The orders are right, for the loader has a generator of its own. But torch's global "
    "state is seeded as well, and others draw from it.",
)
def seeds_both(dataset, batch_size, seed):
    torch.manual_seed(seed)
    return DataLoader(dataset, batch_size, shuffle=True, generator=_own(seed))
