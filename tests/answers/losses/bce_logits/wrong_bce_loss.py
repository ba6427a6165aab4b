"""binary_cross_entropy"""

import torch


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return torch.nn.BCELoss()(logits.sigmoid(), y)


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()
