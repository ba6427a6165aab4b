"""right values, wrong dtype: int64 expected"""

import torch


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    cells = (y * n + pred).flatten().float().cpu()
    return torch.histc(cells, n * n, -0.5, n * n - 0.5).view(n, n).to(y.device)
