"""the call leaves torch changed: cuDNN's deterministic mode"""

import random

import numpy as np
import torch


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True


def isolated(seed, f):
    states = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng():
            random.seed(seed)
            np.random.seed(seed)
            torch.manual_seed(seed)
            return f()
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
