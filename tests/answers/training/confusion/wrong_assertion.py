"""Different shapes are refused with a ValueError"""

import torch


def confusion(pred, y, n):
    assert pred.shape == y.shape
    return torch.bincount((y * n + pred).flatten(), minlength=n * n).view(n, n)
