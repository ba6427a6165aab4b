"""The result is the mean loss of the samples"""

import torch


def train_epoch(model, loader, loss_fn, optimizer, device):
    total = count = 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
        with torch.no_grad():
            total += loss_fn(model(x), y).item() * len(x)
        count += len(x)
    if not count:
        raise ValueError
    return total / count
