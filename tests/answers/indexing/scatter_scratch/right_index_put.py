"""index_put, which is not in place; a number becomes a 0-dim tensor."""

import torch
from torch import Tensor


def along(d: int, index: Tensor) -> Tensor:
    shape = [1] * index.dim()
    shape[d] = -1
    return torch.arange(index.size(d), device=index.device).reshape(shape)


def scatter(x: Tensor, dim: int, index: Tensor, src: Tensor | float) -> Tensor:
    dim = dim if dim >= 0 else x.dim() + dim
    places = tuple(index if d == dim else along(d, index) for d in range(x.dim()))
    if not torch.is_tensor(src):
        return x.index_put(places, torch.tensor(src, dtype=x.dtype, device=x.device))
    return x.index_put(places, _cut(src, index))


def _cut(src, index):
    return src[tuple(slice(0, n) for n in index.shape)]
