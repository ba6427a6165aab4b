"""Neither the batches of an epoch nor their graphs are kept together."""


def train_epoch(model, loader, loss_fn, optimizer, device):
    losses, sizes = [], []
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        losses.append(loss_fn(model(x), y))
        sizes.append(len(x))
        losses[-1].backward()
        optimizer.step()
    if not sizes:
        raise ValueError
    return float(sum(loss * size for loss, size in zip(losses, sizes)) / sum(sizes))
