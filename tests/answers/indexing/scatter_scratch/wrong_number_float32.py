"""A number goes to every place that the index names."""

import torch
from torch import Tensor


def scatter(x: Tensor, dim: int, index: Tensor, src: Tensor | float) -> Tensor:
    dim %= x.dim()
    if not isinstance(src, Tensor):
        src = torch.full(index.shape, float(src), device=x.device).to(x.dtype)
    places = []
    for d, n in enumerate(index.shape):
        shape = [1] * x.dim()
        shape[d] = n
        places.append(index if d == dim else torch.arange(n, device=x.device).view(shape))
    out = x.clone()
    out[tuple(places)] = src[tuple(slice(n) for n in index.shape)]
    return out
