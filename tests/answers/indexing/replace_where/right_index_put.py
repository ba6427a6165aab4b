"""index_put with the places of the mask."""

import torch


def replace_where(x, mask, value):
    there = torch.broadcast_to(mask, x.shape)
    if x.dim() == 0:
        return x.masked_fill(mask, value)
    return x.index_put(there.nonzero(as_tuple=True), x.new_tensor(value))
