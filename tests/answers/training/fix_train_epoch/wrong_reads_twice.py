"""The samples that came count: a loader may drop some, draw some twice, or be a generator."""


def train_epoch(model, loader, loss_fn, optimizer, device):
    count = sum(len(x) for x, _ in loader)
    if not count:
        raise ValueError
    total = 0.0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x) / count
    return total
