"""One index tensor for each dimension: a grid for the batch, and the index for the columns."""

import torch


def select(x, index):
    if index.dim() == 0:
        return x[index]
    sides = [torch.arange(side, device=x.device) for side in index.shape]
    grid = torch.meshgrid(*sides, indexing="ij")
    return x[(*grid, index)]
