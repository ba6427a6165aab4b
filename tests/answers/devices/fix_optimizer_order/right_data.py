"""The way that is passed on in forums: .data of all that the state holds."""

import torch


def build(model, device, lr):
    model.to(device)
    return torch.optim.Adagrad(model.parameters(), lr=lr)


def optimizer_to(optimizer, device):
    for param in optimizer.state.values():
        if isinstance(param, torch.Tensor):
            param.data = param.data.to(device)
        elif isinstance(param, dict):
            for each in param.values():
                if isinstance(each, torch.Tensor):
                    each.data = each.data.to(device)
                    if each._grad is not None:
                        each._grad.data = each._grad.data.to(device)
