"""Properties and misconceptions of training/seed_all."""

import random
from contextlib import contextmanager

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SEEDS = st.sampled_from((3, 0, 1, 42, 1234, 2**31, 2**32 - 1))
USES = st.lists(st.sampled_from(("random", "numpy", "torch", "normal")), max_size=4)
"""What is drawn beforehand. A normal number leaves half of a pair behind."""

MOVED = {
    "states are not where seeds begin": {
        "used": st.just(["normal", "random", "numpy", "torch"]),
        "inside": st.just(["normal", "torch"]),
    }
}


def draws(device):
    """Some numbers from each of the three, and of the device's own."""
    return {
        "random": [random.random(), random.gauss(0, 1)],
        "numpy": [float(np.random.rand()), float(np.random.randn())],
        "torch": torch.rand(2),
        "torch, on the device": torch.rand(2, device=device),
    }


def use(names):
    for name in names:
        if name in ("random", "normal"):
            random.random() if name == "random" else random.gauss(0, 1)
        if name in ("numpy", "normal"):
            np.random.rand() if name == "numpy" else np.random.randn()
        if name in ("torch", "normal"):
            torch.rand(1) if name == "torch" else torch.randn(1)


def begin(seed):
    """Seed each one, in the property's own way."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def drawn_from(seed, device, used=()):
    begin(seed)
    use(used)
    return draws(device)


@forall(seed=SEEDS, used=USES, examples=12)
def test_seeds_each_generator(impl, seed, used, device):
    """After seed_all Python, numpy and torch draw what they draw after their own seeding."""
    begin(99)
    use(used)
    result = impl.seed_all(seed)
    drawn = draws(device)
    assert_same(drawn, drawn_from(seed, device))
    return result, drawn


@forall(seed=SEEDS, used=USES, examples=10)
def test_runs_with_the_seed(impl, seed, used, device):
    """isolated calls f once, with all generators seeded, and returns what f returned."""
    begin(99)
    use(used)
    calls = []

    def f():
        calls.append(draws(device))
        return calls

    same = impl.isolated(seed, f) is calls
    assert_same(calls, [drawn_from(seed, device)])
    return same, calls


@forall(seed=SEEDS, before=SEEDS, used=USES, inside=USES, strata=MOVED, examples=10)
def test_puts_the_states_back(impl, seed, before, used, inside, device):
    """After isolated each generator goes on from where it was before."""
    begin(before)
    use(used)
    impl.isolated(seed=seed, f=lambda: use(inside))
    drawn = draws(device)
    assert_same(drawn, drawn_from(before, device, used))
    return drawn


@forall(
    seed=SEEDS,
    used=USES,
    kind=st.sampled_from(("LookupError", "KeyboardInterrupt")),
    examples=10,
)
def test_puts_the_states_back_after_an_exception(impl, seed, used, kind, device):
    """Where f raises, the states are put back too, and the exception goes on to the caller."""
    begin(99)
    use(used)
    raised = None

    def f():
        begin(5)
        use(used)
        raise KeyboardInterrupt if kind == "KeyboardInterrupt" else LookupError("f fails")

    try:
        impl.isolated(seed, f)
    except (LookupError, KeyboardInterrupt) as error:
        raised = type(error).__name__
    drawn = draws(device)
    assert_same(drawn, drawn_from(99, device, used))
    return raised, drawn


@forall(seeds=st.lists(SEEDS, min_size=2, max_size=2), used=USES, examples=6)
def test_can_be_nested(impl, seeds, used, device):
    """Within isolated, another isolated leaves the states of the outer one alone."""
    outer, inner = seeds
    begin(99)
    use(used)

    def f():
        return draws(device), impl.isolated(inner, lambda: draws(device)), draws(device)

    return impl.isolated(outer, f), draws(device)


@misconception(
    of="seed_all",
    says="Python's own generator is left out. What draws from the module random, as many "
    "transforms do, is not repeatable.",
)
def forgets_python(seed):
    np.random.seed(seed)
    torch.manual_seed(seed)


@misconception(
    of="seed_all",
    says="numpy's global generator goes on as it was. One that is made anew, by default_rng, is "
    "another one.",
)
def forgets_numpy(seed):
    random.seed(seed)
    torch.manual_seed(seed)


@misconception(
    of="seed_all",
    says="torch's global generator goes on as it was. A torch.Generator that is made anew is "
    "another one.",
)
def forgets_torch(seed):
    random.seed(seed)
    np.random.seed(seed)


@misconception(
    of="seed_all",
    says="torch.manual_seed gives the generator, and seed_all is to return nothing.",
)
def returns_the_generator(seed):
    random.seed(seed)
    np.random.seed(seed)
    return torch.manual_seed(seed)


@contextmanager
def _kept(python=True, numpy=True):
    states = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng():
            yield
    finally:
        if python:
            random.setstate(states[0])
        if numpy:
            np.random.set_state(states[1])


@misconception(
    of="isolated",
    says="Nothing is put back: whatever is drawn afterwards depends on f and its seed.",
)
def puts_nothing_back(seed, f):
    begin(seed)
    return f()


@misconception(
    of="isolated",
    says="Where f raises, the lines that put the states back are never reached. finally is.",
)
def is_lost_by_an_exception(seed, f):
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    begin(seed)
    result = f()
    random.setstate(states[0])
    np.random.set_state(states[1])
    torch.set_rng_state(states[2])
    return result


@misconception(
    of="isolated",
    says="Where f raises, fork_rng puts torch's states back, and the lines below it, for those of "
    "Python and numpy, are never reached. finally is.",
)
def is_lost_but_for_torch(seed, f):
    states = random.getstate(), np.random.get_state()
    with torch.random.fork_rng():
        begin(seed)
        result = f()
    random.setstate(states[0])
    np.random.set_state(states[1])
    return result


@misconception(
    of="isolated",
    says="torch's states are put back, and those of Python and numpy aren't.",
)
def puts_back_torch_alone(seed, f):
    with _kept(python=False, numpy=False):
        begin(seed)
        return f()


@misconception(
    of="isolated",
    says="numpy's state is not put back.",
)
def leaves_numpy(seed, f):
    with _kept(numpy=False):
        begin(seed)
        return f()


@misconception(
    of="isolated",
    says="Python's state is not put back.",
)
def leaves_python(seed, f):
    with _kept(python=False):
        begin(seed)
        return f()


@misconception(
    of="isolated",
    says="torch is seeded again with the seed that it began with, and so starts anew. A state is "
    "where a generator has got to since.",
)
def goes_back_to_the_seed(seed, f):
    first = torch.initial_seed()
    states = random.getstate(), np.random.get_state()
    try:
        begin(seed)
        return f()
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.manual_seed(first)


@misconception(
    of="isolated",
    says="f runs with the states that were there. Seed the generators first.",
)
def forgets_to_seed(seed, f):
    with _kept():
        return f()


@misconception(
    of="isolated",
    says="What f returned is lost: nothing is returned.",
)
def returns_nothing(seed, f):
    with _kept():
        begin(seed)
        f()


@misconception(
    of="isolated",
    says="What f raises is caught here, and the caller never hears of it.",
)
def swallows_the_exception(seed, f):
    with _kept():
        begin(seed)
        try:
            return f()
        except BaseException:
            return None
