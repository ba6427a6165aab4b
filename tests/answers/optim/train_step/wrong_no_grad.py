"""element 0 of tensors does not require grad"""

import torch


def train_step(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    with torch.no_grad():
        loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()
