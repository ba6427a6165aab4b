"""After a move, before training or in the middle, the steps go on as if there had been none."""

import torch
from torch import nn


def build(model: nn.Module, device: torch.device | str, lr: float) -> torch.optim.Adagrad:
    model.to(device)
    return torch.optim.Adagrad(model.parameters(), lr=lr)


def optimizer_to(optimizer: torch.optim.Optimizer, device: torch.device | str) -> None:
    optimizer.state = {
        p: {
            key: value.to(device) if isinstance(value, torch.Tensor) else value
            for key, value in state.items()
        }
        for p, state in optimizer.state.items()
    }
