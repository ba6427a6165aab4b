"""Shapes that differ are refused with a ValueError"""

import torch


def mse(pred, target, reduction="mean"):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(reduction)
    try:
        torch.broadcast_shapes(pred.shape, target.shape)
    except RuntimeError:
        raise ValueError("the shapes don't fit") from None
    e = (pred - target) ** 2
    return e if reduction == "none" else e.mean() if reduction == "mean" else e.sum()
