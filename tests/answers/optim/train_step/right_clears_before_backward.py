"""The usual order in tutorials: zero_grad right before backward."""


def train_step(model, loss_fn, optimizer, x, y):
    pred = model(x)
    loss = loss_fn(pred, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach().cpu().tolist()
