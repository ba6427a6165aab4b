"""Advanced indexing with counting tensors that broadcast, one for each dimension."""

import torch
from torch import Tensor


def along(d: int, index: Tensor) -> Tensor:
    shape = [1] * index.dim()
    shape[d] = -1
    return torch.arange(index.size(d), device=index.device).reshape(shape)


def gather(x: Tensor, dim: int, index: Tensor) -> Tensor:
    if dim < 0:
        dim = dim + x.dim()
    return x[tuple(index if d == dim else along(d, index) for d in range(x.dim()))]
