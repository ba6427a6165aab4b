"""x gets the gradients of the values that it kept, and src those of the values it gave"""

import torch


def scatter(x, dim, index, src):
    result = x.clone()
    places = list(torch.meshgrid(*(torch.arange(n) for n in index.shape), indexing="ij"))
    places[dim] = index
    if isinstance(src, torch.Tensor):
        src = src.data[tuple(slice(n) for n in index.shape)]
    result[tuple(places)] = src
    return result
