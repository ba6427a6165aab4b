"""each place in them is a batch, to any depth"""

import torch
from torch.nn.utils.rnn import pad_sequence


def collate(batch):
    first = batch[0]
    if isinstance(first, torch.Tensor):
        return torch.stack(batch)
    if isinstance(first, int | float):
        return torch.tensor(batch)
    if isinstance(first, str):
        return list(batch)
    if isinstance(first, dict):
        return dict(zip(first, collate([tuple(each.values()) for each in batch]), strict=True))
    if isinstance(first, tuple | list):
        return type(first)(collate(list(field)) for field in zip(*batch, strict=True))
    raise TypeError


def pad_collate(batch, pad):
    return pad_sequence(batch, True, pad), torch.tensor([len(each) for each in batch])
