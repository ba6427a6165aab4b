"""None, sets and the like, alone or in a place, are refused with a TypeError."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence


def collate(batch: list) -> Any:
    first = batch[0]
    match first:
        case Tensor():
            return torch.stack(batch)
        case int() | float() | complex():
            return torch.tensor(batch)
        case str():
            return list(batch)
        case tuple() | list():
            return type(first)(collate(list(place)) for place in zip(*batch, strict=True))
        case dict():
            return {key: collate([sample[key] for sample in batch]) for key in first}
    raise TypeError(f"no batch can be made of {type(first).__name__}")


def pad_collate(batch: list[Tensor], pad: float) -> tuple[Tensor, Tensor]:
    lengths = torch.tensor([len(sequence) for sequence in batch])
    return pad_sequence(batch, batch_first=True, padding_value=pad), lengths
