"""Within isolated, another isolated leaves the states of the outer one alone."""

import random

import numpy as np
import torch


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


STATES = {}


def isolated(seed, f):
    STATES["random"] = random.getstate()
    STATES["numpy"] = np.random.get_state()
    STATES["torch"] = torch.get_rng_state()
    try:
        seed_all(seed)
        return f()
    finally:
        random.setstate(STATES["random"])
        np.random.set_state(STATES["numpy"])
        torch.set_rng_state(STATES["torch"])
