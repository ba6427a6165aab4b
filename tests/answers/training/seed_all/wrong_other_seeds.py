"""After seed_all Python, numpy and torch draw what they draw after their own seeding."""

import random

import numpy as np
import torch


def seed_all(seed):
    random.seed(seed)
    np.random.seed(random.randrange(2**32))
    torch.manual_seed(random.randrange(2**63))


def isolated(seed, f):
    states = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng():
            seed_all(seed)
            return f()
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
