"""The gradient of bce is right"""

import torch


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return (logits.clamp(min=0) - logits * y + torch.log1p(torch.exp(-logits.abs()))).mean()


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()
