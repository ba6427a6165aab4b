"""The optimizer calls a closure; a generator expression is avoided by two lists of numbers."""

import torch


def train_epoch(model, loader, loss_fn, optimizer, device):
    losses, sizes = [], []
    for batch in loader:
        x, y = (part.to(device, non_blocking=True) for part in batch)

        def closure(x=x, y=y):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_fn(model(x), y)
            loss.backward()
            return loss

        losses.append(float(optimizer.step(closure)))
        sizes.append(x.shape[0])
    if not sizes:
        raise ValueError("empty loader")
    weights = torch.tensor(sizes, dtype=torch.float64)
    return float((torch.tensor(losses, dtype=torch.float64) * weights).sum() / weights.sum())
