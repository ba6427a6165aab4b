"""build moves the model itself; the optimizer holds its parameters, its state is with them."""

import torch
from torch import nn


def build(model: nn.Module, device: torch.device | str, lr: float) -> torch.optim.Adagrad:
    model.to(device)
    return torch.optim.Adagrad([p for p in model.parameters() if p.requires_grad], lr=lr)


def optimizer_to(optimizer: torch.optim.Optimizer, device: torch.device | str) -> None:
    for state in optimizer.state.values():
        for key, value in state.items():
            if isinstance(value, torch.Tensor):
                state[key] = value.to(device)
