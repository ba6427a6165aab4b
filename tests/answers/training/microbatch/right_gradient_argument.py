"""The share is the gradient that backward begins with; chunks by slices."""

import math

import torch


def accumulate(model, loss_fn, x, y, k):
    n = len(x)
    size = math.ceil(n / k)
    for start in range(0, n, size):
        part = slice(start, start + size)
        loss = loss_fn(model(x[part]), y[part])
        share = len(x[part]) / n
        loss.backward(gradient=torch.full_like(loss, share))
