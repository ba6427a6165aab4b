"""uniform has the size, dtype and device asked for, and lies between low and high."""

import torch
from torch import Tensor


def uniform(
    low: float,
    high: float,
    size: tuple[int, ...],
    *,
    generator: torch.Generator | None = None,
    dtype: torch.dtype = torch.float32,
    device: torch.device | str = "cpu",
) -> Tensor:
    u = torch.rand(size, generator=generator, device=device, dtype=torch.float32).to(dtype)
    return low + (high - low) * u


def shuffle_together(
    x: Tensor, y: Tensor, *, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor]:
    rows = torch.randperm(x.shape[0], generator=generator, device=x.device)
    return x[rows], y[rows]
