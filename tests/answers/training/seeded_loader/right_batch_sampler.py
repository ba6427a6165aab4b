"""A batch sampler, and one generator for both."""

import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler


def make_loader(dataset, batch_size, seed):
    g = torch.Generator(device="cpu")
    g.manual_seed(seed)
    batches = BatchSampler(RandomSampler(dataset, generator=g), batch_size, drop_last=False)
    return DataLoader(dataset, batch_sampler=batches, generator=g)
