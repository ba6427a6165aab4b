"""A running mean, and torch.autograd.grad in place of backward."""

import torch


def train_epoch(model, loader, loss_fn, optimizer, device):
    mean, seen = 0.0, 0
    params = list(model.parameters())
    for x, y in loader:
        loss, size = _step(model, loss_fn, optimizer, params, x.to(device), y.to(device)), len(y)
        seen += size
        mean += (loss - mean) * size / seen
    if seen:
        return mean
    raise ValueError("the loader is empty")


def _step(model, loss_fn, optimizer, params, x, y):
    loss = loss_fn(model(x), y)
    for param, grad in zip(params, torch.autograd.grad(loss, params)):
        param.grad = grad
    optimizer.step()
    return loss.item()
