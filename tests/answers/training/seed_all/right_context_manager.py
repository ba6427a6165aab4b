"""A context manager of its own; random's state taken over from a new generator."""

import contextlib
import random

import numpy
import torch


def seed_all(seed):
    random.setstate(random.Random(seed).getstate())
    numpy.random.set_state(numpy.random.RandomState(seed).get_state())
    torch.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)


@contextlib.contextmanager
def _put_back():
    python, array = random.getstate(), numpy.random.get_state(legacy=False)
    with torch.random.fork_rng():
        try:
            yield
        finally:
            random.setstate(python)
            numpy.random.set_state(array)


def isolated(seed, f):
    with _put_back():
        seed_all(seed)
        result = f()
    return result
