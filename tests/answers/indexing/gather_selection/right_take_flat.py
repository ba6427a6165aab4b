"""torch.take reads by the place in the flattened tensor; a helper computes the places."""

import torch


def _places(x, index):
    width = x.shape[-1]
    starts = torch.arange(index.numel(), device=index.device) * width
    return starts.view(index.shape) + index


def select(x, index):
    return torch.take(x, _places(x, index))
