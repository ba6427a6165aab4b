"""After a move, before training or in the middle, the steps go on as if there had been none."""

import torch


def build(model, device, lr):
    model.to(device)
    return torch.optim.Adagrad(model.parameters(), lr=lr)


def optimizer_to(optimizer, device):
    for state in optimizer.state.values():
        for name, value in state.items():
            if isinstance(value, torch.Tensor):
                state[name] = value.to(device) if value.dim() else torch.tensor(0.0)
