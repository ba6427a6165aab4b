"""load_state_dict, which puts state where its parameters are."""

import torch


def build(model, device, lr):
    return torch.optim.Adagrad(model.to(device).parameters(), lr)


def optimizer_to(optimizer, device):
    optimizer.load_state_dict(optimizer.state_dict())
