"""Places in the flattened x, which take reads."""

import torch


def gather(x, dim, index):
    dim %= x.dim()
    places = torch.zeros_like(index)
    step = 1
    for d in reversed(range(x.dim())):
        along = index
        if d != dim:
            shape = [1] * x.dim()
            shape[d] = index.shape[d]
            along = torch.arange(index.shape[d], device=x.device).view(shape)
        places = places + along * step
        step *= x.shape[d]
    return torch.take(x, places)
