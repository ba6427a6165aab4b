"""w.grad was written; the call must leave it alone"""

import torch
import torch.nn.functional as F


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError
    return (F.softplus(logits) - logits * y).mean()


def grads(x, y, w, b):
    with torch.no_grad():
        error = ((x @ w + b).sigmoid() - y) / len(x)
        w.grad, b.grad = x.T @ error, error.sum()
        return w.grad.clone(), b.grad.clone()
