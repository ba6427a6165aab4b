"""make_loader must return a DataLoader."""

import torch


def make_loader(dataset, batch_size, seed):
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    return [
        torch.tensor([dataset[index] for index in order[start : start + batch_size]])
        for start in range(0, len(dataset), batch_size)
    ]
