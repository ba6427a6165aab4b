"""make_loader must return a DataLoader."""

import torch
from torch.utils.data import default_collate


def make_loader(dataset, batch_size, seed):
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return [
        default_collate([dataset[index] for index in order[start : start + batch_size]])
        for start in range(0, len(dataset), batch_size)
    ]
