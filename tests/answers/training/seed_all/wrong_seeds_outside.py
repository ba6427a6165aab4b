"""After isolated each generator goes on from where it was before."""

import random

import numpy as np
import torch


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def isolated(seed, f):
    seed_all(seed)
    states = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng():
            return f()
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
