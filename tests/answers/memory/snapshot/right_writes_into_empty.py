"""New memory, filled with x's values."""

import torch


def snapshot(x):
    kept = torch.empty(x.shape, dtype=x.dtype, device=x.device)
    kept.copy_(x.data)
    return kept
