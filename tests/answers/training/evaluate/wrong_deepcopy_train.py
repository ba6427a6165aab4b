"""Each batch goes through the model once, and all modules are in evaluation mode then."""

import copy

import torch


def evaluate(model, loader, loss_fn, device):
    network = copy.deepcopy(model).eval()
    total, right, samples = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            scores = network(x)
            total += loss_fn(scores, y).item() * len(y)
            right += (scores.argmax(1) == y).sum().item()
            samples += len(y)
    if not samples:
        raise ValueError
    return total / samples, right / samples
