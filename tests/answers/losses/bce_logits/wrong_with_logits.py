"""binary_cross_entropy_with_logits"""

import torch


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return torch.nn.BCEWithLogitsLoss()(logits, y)


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()
