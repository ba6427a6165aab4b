"""Places in the flattened x, written by put, which returns a new tensor."""

import torch


def flat_places(shape, dim, index):
    places, step = torch.zeros_like(index), 1
    for d in reversed(range(len(shape))):
        sides = [1] * len(shape)
        sides[d] = -1
        counts = torch.arange(index.shape[d], device=index.device).view(sides)
        places = places + (index if d == dim else counts) * step
        step *= shape[d]
    return places


def scatter(x, dim, index, src):
    for d, length in enumerate(index.shape):
        if isinstance(src, torch.Tensor):
            src = src.narrow(d, 0, length)
    if not isinstance(src, torch.Tensor):
        src = torch.full(index.shape, src, dtype=x.dtype, device=x.device)
    places = flat_places(x.shape, dim % x.dim(), index)
    flat = x.reshape(-1).clone()
    flat[places.reshape(-1)] = src.reshape(-1)
    return flat.view(x.shape)
