"""Takes the root of the positive values alone, and writes them into zeros."""

import torch


def safe_sqrt(x):
    mask = x > 0
    result = torch.zeros_like(x)
    if result.is_contiguous() or x.dim() == 0:
        result[mask] = x[mask].sqrt()
        return result
    return torch.zeros(x.shape, dtype=x.dtype, device=x.device).masked_scatter(mask, x[mask].sqrt())
