"""Neither the batches of an epoch nor their graphs are kept together."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn


def train_epoch(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    device: torch.device,
) -> float:
    batches = [(x.to(device), y.to(device)) for x, y in loader]
    if not batches:
        raise ValueError("no batch came")
    total = 0.0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        optimizer.step()
    return total / sum(len(x) for x, _ in batches)
