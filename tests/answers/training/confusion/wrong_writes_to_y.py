"""Row i and column j hold the number of samples"""

import torch


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    cells = y.mul_(n).add_(pred).flatten()
    return torch.bincount(cells, minlength=n * n).view(n, n)
