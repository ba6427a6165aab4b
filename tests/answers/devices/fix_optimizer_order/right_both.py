"""One function serves the other; steps come along too."""

import torch
from torch import nn
from torch.optim import Adagrad, Optimizer


def build(model: nn.Module, device: torch.device | str, lr: float) -> Adagrad:
    optimizer = Adagrad(model.parameters(), lr=lr)
    model.to(device)
    optimizer_to(optimizer, device)
    return optimizer


def optimizer_to(optimizer: Optimizer, device: torch.device | str) -> None:
    for param in optimizer.state:
        kept = optimizer.state[param]
        for key in list(kept):
            if torch.is_tensor(kept[key]):
                kept[key] = kept[key].to(device)
