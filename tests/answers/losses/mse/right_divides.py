"""The mean as a sum over numel; match."""

import torch


def mse(pred: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    if list(pred.shape) != list(target.shape):
        raise ValueError(f"{pred.shape} != {target.shape}")
    squared = torch.pow(torch.sub(pred, target), 2)
    match reduction:
        case "none":
            return squared
        case "sum":
            return squared.sum()
        case "mean":
            return squared.sum() / squared.numel()
    raise ValueError(reduction)
