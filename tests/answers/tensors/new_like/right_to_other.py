"""Zeros on the CPU that are brought to what x is."""

import torch


def zeros_shaped(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    return torch.zeros(shape).to(x)
