"""Each batch, in order, takes one step by its own gradients"""


def train_epoch(model, loader, loss_fn, optimizer, device):
    total = count = 0
    optimizer.zero_grad()
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        count += len(x)
    optimizer.step()
    if not count:
        raise ValueError
    return total / count
