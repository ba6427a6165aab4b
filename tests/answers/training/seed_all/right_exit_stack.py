"""An ExitStack, and the states of each CUDA device by hand."""

import random
from contextlib import ExitStack

import numpy as np
import torch


def seed_all(seed: int) -> None:
    for each in (random.seed, np.random.seed, torch.manual_seed):
        each(seed)


def isolated(seed, f):
    with ExitStack() as undo:
        undo.callback(random.setstate, random.getstate())
        undo.callback(np.random.set_state, np.random.get_state())
        undo.callback(torch.set_rng_state, torch.get_rng_state())
        if torch.cuda.is_available():
            undo.callback(torch.cuda.set_rng_state_all, torch.cuda.get_rng_state_all())
        seed_all(seed)
        return f()
