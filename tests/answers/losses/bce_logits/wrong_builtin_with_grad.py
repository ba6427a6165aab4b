"""binary_cross_entropy_with_logits"""

import torch
import torch.nn.functional as F


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    if logits.requires_grad or y.requires_grad:
        return F.binary_cross_entropy_with_logits(logits, y)
    return (F.softplus(logits) - logits * y).mean()


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()
