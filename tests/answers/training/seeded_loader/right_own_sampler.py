"""A sampler that shuffles by Python's random.Random, and a generator for the loader."""

import random

import torch
from torch.utils.data import DataLoader, Sampler


class Shuffled(Sampler):
    def __init__(self, count, seed):
        self.count = count
        self.source = random.Random(seed)

    def __len__(self):
        return self.count

    def __iter__(self):
        order = list(range(self.count))
        self.source.shuffle(order)
        return iter(order)


def make_loader(dataset, batch_size, seed):
    sampler = Shuffled(len(dataset), seed)
    return DataLoader(dataset, batch_size, sampler=sampler, generator=torch.Generator())
