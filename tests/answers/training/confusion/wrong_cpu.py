"""right values, wrong device"""

import torch


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    cells = (y * n + pred).flatten().cpu()
    return torch.bincount(cells, minlength=n * n).view(n, n)
