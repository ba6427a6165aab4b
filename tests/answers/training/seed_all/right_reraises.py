"""Catches, puts back, and raises again."""

import random

import numpy as np
import torch


def seed_all(seed):
    np.random.seed(seed)
    _ = torch.random.manual_seed(seed)
    random.seed(a=seed)


def isolated(seed, f):
    states = random.getstate(), np.random.get_state(), torch.random.get_rng_state()
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []

    def back():
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.random.set_rng_state(states[2])
        if cuda:
            torch.cuda.set_rng_state_all(cuda)

    seed_all(seed)
    try:
        result = f()
    except BaseException:
        back()
        raise
    back()
    return result
