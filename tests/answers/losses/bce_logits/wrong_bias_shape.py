"""grads gives the gradients that autograd gives, without a backward pass."""

import torch
import torch.nn.functional as F


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return (F.softplus(logits) - logits * y).mean()


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum().reshape(1)
