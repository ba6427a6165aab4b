"""Global random states are as if the loader had never been made nor read."""

import random

import torch
from torch.utils.data import DataLoader


class Shuffled:
    def __init__(self, count, seed):
        self.count, self.seed, self.epoch = count, seed, 0

    def __len__(self):
        return self.count

    def __iter__(self):
        random.seed(self.seed + 1000 * self.epoch)
        self.epoch += 1
        return iter(random.sample(range(self.count), self.count))


def make_loader(dataset, batch_size, seed):
    sampler = Shuffled(len(dataset), seed)
    return DataLoader(dataset, batch_size, sampler=sampler, generator=torch.Generator())
