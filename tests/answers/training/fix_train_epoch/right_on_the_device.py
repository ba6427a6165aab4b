"""The sum stays on the device, detached, and is asked for once."""

import torch


def train_epoch(model, loader, loss_fn, optimizer, device):
    model.train()
    total = torch.zeros((), device=device)
    count = 0
    for x, y in loader:
        x = x.to(device)
        y = y.to(device)
        pred = model(x)
        loss = loss_fn(pred, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach() * y.size(0)
        count += y.size(0)
    if count == 0:
        raise ValueError("no batches")
    return (total / count).item()
