"""The parameters move by this batch's gradient; what .grad held before does not count."""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn


def train_step(
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    x: Tensor,
    y: Tensor,
) -> float:
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    value = loss.item()
    if math.isfinite(value):
        loss.backward()
        optimizer.step()
    return value
