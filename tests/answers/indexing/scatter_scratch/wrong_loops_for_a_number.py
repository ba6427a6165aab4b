"""for size 16: it loops"""

import torch


def scatter(x, dim, index, src):
    places = list(torch.meshgrid(*(torch.arange(n) for n in index.shape), indexing="ij"))
    places[dim] = index
    result = x.clone()
    if isinstance(src, torch.Tensor):
        result[tuple(places)] = src[tuple(slice(n) for n in index.shape)]
    else:
        for place in zip(*(each.flatten() for each in places)):
            result[place] = src
    return result
