"""the same seed gives other orders."""

import numpy as np
from torch.utils.data import DataLoader


def make_loader(dataset, batch_size, seed):
    def worker_init(number):
        np.random.seed(seed + number)

    return DataLoader(dataset, batch_size, shuffle=True, worker_init_fn=worker_init)
