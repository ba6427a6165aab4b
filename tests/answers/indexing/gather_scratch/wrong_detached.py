"""The result is cut off from x: no gradient can flow back."""

import torch


@torch.no_grad()
def gather(x, dim, index):
    places = list(torch.meshgrid(*map(torch.arange, index.shape), indexing="ij"))
    places[dim] = index
    return x[tuple(places)]
