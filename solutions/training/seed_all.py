"""Seed every source of random numbers, and lend one out.

A run draws from three global generators, each with a state of its own:

    random.random()      Python's             random.seed(seed)
    np.random.rand()     numpy's old one      np.random.seed(seed)
    torch.rand(1)        torch's              torch.manual_seed(seed)

Common notes seed numpy and torch and call the run repeatable. A transform that flips
pictures with `random.random()` then still differs from run to run. Each of the three
must be seeded, where it is: `np.random.default_rng(seed)`, `random.Random(seed)` and
`torch.Generator().manual_seed(seed)` make new generators, and leave the global one as
it is.

Write `seed_all`, and `isolated`, which runs a function as if each state began at a
seed, and afterwards puts back the states that it found:

    random states    … 7 8 ┆ isolated(seed, f) ┆ 9 …    goes on as if f had not run

- After `seed_all(seed)` each of the three goes on as its own function with that very
  seed makes it. torch has a generator for each CUDA device as well; torch.manual_seed
  seeds them all.
- `isolated` calls f once, after seeding, and returns what f returned. Whatever f drew,
  seeded or raised, the three states are then as they were before, those of the CUDA
  devices too. An exception goes on to the caller.
- States are put back where they were, which is seldom where a seed would begin. Calls
  can be nested.
- No other switch is touched. `torch.use_deterministic_algorithms` and those of
  `torch.backends.cudnn` are about single operations that may round differently each
  time, and a matter of their own.

All of Python, numpy and torch is allowed.
"""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import torch


def seed_all(seed: int) -> None:
    """Seed the global generators of Python, numpy and torch.

    Args:
        seed: from 0 to 2**32 - 1, the seeds that numpy takes.

    >>> seed_all(7)
    >>> first = random.random(), np.random.rand(), torch.rand(1).item()
    >>> seed_all(7)
    >>> first == (random.random(), np.random.rand(), torch.rand(1).item())
    True
    """
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def isolated(seed: int, f: Callable[[], Any]) -> Any:
    """Call a function with seeded generators, and put their states back.

    Args:
        seed: from 0 to 2**32 - 1.
        f: takes nothing, and may draw random numbers.

    Returns:
        What f returned, the object itself.

    >>> seed_all(7)
    >>> expected = random.random()
    >>> seed_all(7)
    >>> isolated(0, random.random) == isolated(0, random.random)
    True
    >>> random.random() == expected
    True
    """
    states = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng():
            seed_all(seed)
            return f()
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])


HINTS = (
    "Write down the three modules that draw random numbers. Which function of each takes a seed "
    "for its global generator?",
    "A state can be asked for and put back: random.getstate and setstate, np.random.get_state and "
    "set_state, torch.get_rng_state and set_rng_state.",
    "What stands in a finally block runs after a return and after an exception.",
    "torch.random.fork_rng() is a context manager that puts torch's states back at its end, those "
    "of the CUDA devices with it.",
)

TAKE_ALONG = (
    "A run has three global random states: Python's, numpy's and torch's. Seed all of them, and "
    "save and put back their states, not their seeds, round what must not disturb others."
)

APPROACH = (
    "fork_rng takes care of torch on all devices. The states of Python and numpy are taken before "
    "the try block, so that there is something to put back whatever happens in it."
)
