"""Where f raises, the states are put back too"""

import random

import numpy as np
import torch


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def isolated(seed, f):
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    seed_all(seed)
    result, failure = None, None
    try:
        result = f()
    except Exception as error:
        failure = error
    random.setstate(states[0])
    np.random.set_state(states[1])
    torch.set_rng_state(states[2])
    if failure is not None:
        raise failure
    return result
