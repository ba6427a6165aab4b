"""Each of the six orders of three samples comes in some"""

import torch
from torch.utils.data import DataLoader


class Rotated:
    def __init__(self, count, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.order = torch.randperm(count, generator=self.generator)

    def __len__(self):
        return len(self.order)

    def __iter__(self):
        self.order = self.order.roll(1)
        return iter(self.order.tolist())


def make_loader(dataset, batch_size, seed):
    sampler = Rotated(len(dataset), seed)
    return DataLoader(dataset, batch_size, sampler=sampler, generator=torch.Generator())
