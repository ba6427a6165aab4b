"""Sizes one by one; abs before the square; in place where it is its own."""

import torch


def mse(pred, target, reduction="mean"):
    same = pred.ndim == target.ndim and all(a == b for a, b in zip(pred.shape, target.shape))
    if not same or reduction not in ["none", "mean", "sum"]:
        raise ValueError((pred.shape, target.shape, reduction))
    errors = torch.subtract(pred, target).abs().square()
    if reduction == "mean":
        return torch.mean(errors)
    if reduction == "sum":
        return torch.sum(errors)
    return errors
