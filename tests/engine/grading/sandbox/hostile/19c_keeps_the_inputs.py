"""Keeps the inputs and writes to them when the next call comes."""
# exercise: indexing/gather_selection
# verdict: nothing

import torch

KEPT = []


def select(x, index):
    for tensor in KEPT:
        with torch.no_grad():
            tensor.zero_()
    KEPT.extend((x.detach(), index))
    return torch.zeros(index.shape, dtype=x.dtype, device=x.device, requires_grad=False)
