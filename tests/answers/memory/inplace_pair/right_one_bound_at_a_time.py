"""Two steps, each with one bound; minimum and maximum."""

import torch


def clamp_into_(x: torch.Tensor, lo: float, hi: float) -> torch.Tensor:
    x.clamp_(min=lo)
    x.clamp_(max=hi)
    return x


def clamped(x: torch.Tensor, lo: float, hi: float) -> torch.Tensor:
    lo, hi = (torch.tensor(each, dtype=x.dtype, device=x.device) for each in (lo, hi))
    return torch.minimum(torch.maximum(x, lo), hi)
