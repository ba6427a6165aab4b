"""Two epochs have the same order."""

import torch
from torch.utils.data import DataLoader


class Shuffled:
    def __init__(self, count, seed):
        self.count, self.seed = count, seed

    def __len__(self):
        return self.count

    def __iter__(self):
        generator = torch.Generator().manual_seed(self.seed)
        return iter(torch.randperm(self.count, generator=generator).tolist())


def make_loader(dataset, batch_size, seed):
    sampler = Shuffled(len(dataset), seed)
    return DataLoader(dataset, batch_size, sampler=sampler, generator=torch.Generator())
