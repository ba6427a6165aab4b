"""the result must have memory of its own, apart from x"""

import torch


def scatter(x, dim, index, src):
    if index.numel() == 0:
        return x
    places = list(torch.meshgrid(*(torch.arange(n) for n in index.shape), indexing="ij"))
    places[dim] = index
    if isinstance(src, torch.Tensor):
        src = src[tuple(slice(n) for n in index.shape)]
    result = x.clone()
    result[tuple(places)] = src
    return result
