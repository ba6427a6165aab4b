"""Dropout and batch norm compute as in evaluation"""

import torch


def evaluate(model, loader, loss_fn, device):
    training, model.training = model.training, False
    total, right, samples = 0.0, 0, 0
    try:
        with torch.no_grad():
            for x, y in loader:
                x, y = x.to(device), y.to(device)
                scores = model(x)
                total += loss_fn(scores, y).item() * len(y)
                right += (scores.argmax(1) == y).sum().item()
                samples += len(y)
    finally:
        model.training = training
    if not samples:
        raise ValueError
    return total / samples, right / samples
