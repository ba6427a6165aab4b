"""A dot product of the flat difference with itself."""

import torch


def mse(pred, target, reduction="mean"):
    if reduction not in {"mean", "sum", "none"}:
        raise ValueError("reduction must be mean, sum or none")
    if pred.shape != target.shape:
        raise ValueError("pred and target must have one shape")
    diff = pred - target
    if reduction == "none":
        return diff**2
    flat = diff.reshape(-1)
    total = torch.dot(flat, flat)
    return total if reduction == "sum" else total / flat.numel()
