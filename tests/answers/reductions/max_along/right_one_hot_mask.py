"""A mask with one True along dim picks the values; nonzero finds the coordinates."""

from typing import NamedTuple

import torch
from torch import Tensor


class Largest(NamedTuple):
    values: Tensor
    indices: Tensor


def max_along(x: Tensor, dim: int, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    indices = x.argmax(dim, keepdim=True)
    places = torch.arange(x.shape[dim], device=x.device)
    places = places.view([-1 if d == dim % x.dim() else 1 for d in range(x.dim())])
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    values = torch.where(places == indices, x, zero).sum(dim, keepdim=True).to(x.dtype)
    if keepdim:
        return Largest(values, indices)
    return Largest(values.squeeze(dim), indices.squeeze(dim))


def argmax_coords(x: Tensor) -> tuple[int, ...]:
    largest = x.isnan() if x.isnan().any() else x == x.amax()
    return tuple(largest.nonzero()[0].tolist())
