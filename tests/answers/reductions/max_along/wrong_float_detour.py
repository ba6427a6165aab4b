"""max_along gives the largest values along dim and the first index of each"""

import torch
from torch import Tensor


def max_along(x: Tensor, dim: int, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    indices = x.float().argmax(dim, keepdim=True)
    values = x.gather(dim, indices)
    if keepdim:
        return values, indices
    return values.squeeze(dim), indices.squeeze(dim)


def argmax_coords(x: Tensor) -> tuple[int, ...]:
    return tuple(int(c) for c in torch.unravel_index(x.float().argmax(), x.shape))
