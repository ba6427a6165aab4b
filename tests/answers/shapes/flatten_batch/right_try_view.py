"""Tries view, and copies where it is refused."""

import torch


def flatten_from(x, start=1):
    shape = list(x.shape[:start]) + [torch.Size(x.shape[start:]).numel()]
    try:
        return x.view(shape)
    except RuntimeError:
        return x.contiguous().view(shape)
