"""torch.ones(...).nonzero() for the places of the index, in reading order."""

import torch


def gather(x, dim, index):
    places = torch.ones_like(index).nonzero().unbind(1)
    places = list(places)
    places[dim] = index.reshape(-1)
    return x[places].reshape(index.shape)
