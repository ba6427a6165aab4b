"""Counting tensors on the CPU, which advanced indexing takes for an x anywhere."""

import torch


def gather(x, dim, index):
    grid = torch.meshgrid(*(torch.arange(n) for n in index.shape), indexing="ij")
    dim = dim if dim >= 0 else len(index.shape) + dim
    return x[grid[:dim] + (index,) + grid[dim + 1 :]]
