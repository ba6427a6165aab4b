"""A NaN is the largest value"""

import torch
from torch import Tensor


def _plain(x: Tensor) -> Tensor:
    if not x.is_floating_point():
        return x
    return torch.nan_to_num(x, nan=float("inf"), posinf=float("inf"), neginf=float("-inf"))


def max_along(x: Tensor, dim: int, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    indices = _plain(x).argmax(dim, keepdim=True)
    values = x.gather(dim, indices)
    if keepdim:
        return values, indices
    return values.squeeze(dim), indices.squeeze(dim)


def argmax_coords(x: Tensor) -> tuple[int, ...]:
    return tuple(int(c) for c in torch.unravel_index(_plain(x).argmax(), x.shape))
