"""The places of the index by nonzero, and a number spread by full_like."""

import torch


def scatter(x, dim, index, src):
    places = list(torch.ones_like(index).nonzero(as_tuple=True))
    if isinstance(src, torch.Tensor):
        values = src[tuple(places)]
    else:
        values = torch.full((len(places[0]),), src, dtype=x.dtype, device=x.device)
    places[dim] = index.flatten()
    result = x.clone()
    result[places] = values
    return result
