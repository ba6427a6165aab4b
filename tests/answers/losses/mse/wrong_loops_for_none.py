"""it loops"""

import torch


def mse(pred, target, reduction="mean"):
    if pred.shape != target.shape or reduction not in ("mean", "sum", "none"):
        raise ValueError
    if reduction == "none" and pred.numel():
        each = [(p - t) ** 2 for p, t in zip(pred.flatten(), target.flatten())]
        return torch.stack(each).view(pred.shape)
    e = (pred - target) ** 2
    return e if reduction == "none" else e.mean() if reduction == "mean" else e.sum()
