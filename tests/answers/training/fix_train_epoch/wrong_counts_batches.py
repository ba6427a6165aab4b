"""The result is the mean loss of the samples"""


def train_epoch(model, loader, loss_fn, optimizer, device):
    losses = []
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    if not losses:
        raise ValueError
    return sum(losses) / len(losses)
