"""for size 16: it loops"""

import torch


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    rows = [torch.bincount(pred[y == each], minlength=n) for each in range(n)]
    return torch.stack(rows)
