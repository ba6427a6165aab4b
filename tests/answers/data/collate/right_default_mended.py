"""torch's default_collate where its rules are the same, and F.pad."""

import torch
import torch.nn.functional as F
from torch.utils.data import default_collate


def collate(batch):
    first = batch[0]
    if isinstance(first, tuple | list):
        if any(len(each) != len(first) for each in batch):
            raise ValueError("samples of different lengths")
        fields = [collate([each[i] for each in batch]) for i in range(len(first))]
        return tuple(fields) if isinstance(first, tuple) else fields
    if isinstance(first, dict):
        return {name: collate([each[name] for each in batch]) for name in first}
    if isinstance(first, float):
        return torch.tensor(batch)
    return default_collate(batch)


def pad_collate(batch, pad):
    longest = max(len(each) for each in batch)
    rows = [
        F.pad(each, (0, 0) * (each.dim() - 1) + (0, longest - len(each)), value=pad)
        for each in batch
    ]
    return torch.stack(rows), torch.LongTensor([len(each) for each in batch])
