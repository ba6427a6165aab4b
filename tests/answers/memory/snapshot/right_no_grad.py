"""Nothing is recorded under no_grad."""

import torch


@torch.no_grad()
def snapshot(x):
    return torch.clone(x)
