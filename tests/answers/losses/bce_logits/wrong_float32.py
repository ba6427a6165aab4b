"""bce gives the mean of the binary cross entropies over all elements, for any shape."""

import torch
import torch.nn.functional as F


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return (F.softplus(logits.float()) - logits.float() * y.float()).mean().to(y.dtype)


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        return x.T @ error, error.sum()
