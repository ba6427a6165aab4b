"""One generator for the sampler, another one for the loader."""

import torch
from torch.utils.data import DataLoader, RandomSampler


def make_loader(dataset, batch_size, seed):
    order = torch.Generator()
    order.manual_seed(seed)
    sampler = RandomSampler(dataset, generator=order)
    return DataLoader(dataset, batch_size, sampler=sampler, generator=torch.Generator())
