"""A DataLoader that counts its epochs, and seeds a generator for each by seed and number."""

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


class _ByEpoch:
    def __init__(self, count, seed):
        self.count, self.seed, self.epoch = count, seed, 0

    def __len__(self):
        return self.count

    def __iter__(self):
        rng = np.random.default_rng((self.seed, self.epoch))
        self.epoch += 1
        return iter(rng.permutation(self.count).tolist())


class _Loader(DataLoader):
    pass


def make_loader(dataset: Dataset, batch_size: int, seed: int) -> DataLoader:
    order = _ByEpoch(len(dataset), seed)
    quiet = torch.Generator().manual_seed(seed)
    return _Loader(dataset, batch_size=batch_size, sampler=order, generator=quiet)
