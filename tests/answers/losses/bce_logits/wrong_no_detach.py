"""it must not require grad; yours does"""

import torch.nn.functional as F


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return (F.softplus(logits) - logits * y).mean()


def grads(x, y, w, b):
    error = ((x @ w + b).sigmoid() - y) / len(x)
    return x.T @ error, error.sum()
