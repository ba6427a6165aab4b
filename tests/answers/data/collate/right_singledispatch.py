"""A function for each kind, and a tensor that is filled row by row."""

from functools import singledispatch

import torch


@singledispatch
def _together(first, batch):
    raise TypeError(f"can't collate {type(first)}")


@_together.register
def _(first: torch.Tensor, batch):
    return torch.cat([each.unsqueeze(0) for each in batch])


@_together.register(int)
@_together.register(float)
def _(first, batch):
    return torch.tensor(list(batch))


@_together.register
def _(first: str, batch):
    return [*batch]


@_together.register
def _(first: dict, batch):
    return dict(zip(first, (collate([each[key] for each in batch]) for key in first), strict=True))


@_together.register
def _(first: list, batch):
    if len({len(each) for each in batch}) > 1:
        raise ValueError("lengths differ")
    return [collate([each[i] for each in batch]) for i in range(len(first))]


@_together.register
def _(first: tuple, batch):
    return tuple(_together(list(first), [list(each) for each in batch]))


def collate(batch):
    return _together(batch[0], batch)


def pad_collate(batch, pad):
    lengths = [each.shape[0] for each in batch]
    shape = (len(batch), max(lengths), *batch[0].shape[1:])
    padded = torch.full(shape, pad, dtype=batch[0].dtype, device=batch[0].device)
    for i, each in enumerate(batch):
        padded[i, : len(each)] = each
    return padded, torch.tensor(lengths, dtype=torch.int64)
