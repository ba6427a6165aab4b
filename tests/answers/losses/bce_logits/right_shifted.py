"""logsumexp over the scores 0 and x; the bias as a column of ones."""

import torch


def bce(logits, y):
    if logits.shape != y.shape:
        raise ValueError("logits and y differ in shape")
    both = torch.stack([torch.zeros_like(logits), logits])
    return (torch.logsumexp(both, 0) - y * logits).sum() / y.numel()


def grads(x, y, w, b):
    with torch.no_grad():
        ones = torch.ones_like(x[:, :1])
        design = torch.cat([x, ones], 1)
        theta = torch.cat([w, b.reshape(1)])
        p = 1 / (1 + torch.exp(-(design @ theta)))
        g = (p - y) @ design / len(x)
        return g[:-1], g[-1]
