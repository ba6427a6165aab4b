"""wrong values"""

import torch


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    p = torch.sigmoid(logits)
    return -(y * torch.log(p + 1e-12) + (1 - y) * torch.log(1 - p + 1e-12)).mean()


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()
