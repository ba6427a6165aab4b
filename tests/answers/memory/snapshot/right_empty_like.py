"""empty_like, filled under no_grad."""

import torch


def snapshot(x):
    with torch.no_grad():
        return torch.empty_like(x, memory_format=torch.contiguous_format).copy_(x)
