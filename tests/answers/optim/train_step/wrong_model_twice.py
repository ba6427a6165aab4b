"""called once, and then one step is taken"""


def train_step(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    value = loss_fn(model(x), y).item()
    loss_fn(model(x), y).backward()
    optimizer.step()
    return value
