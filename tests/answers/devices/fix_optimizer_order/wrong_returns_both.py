"""'tuple' object has no attribute 'param_groups'"""

import torch


def build(model, device, lr):
    model.to(device)
    return model, torch.optim.Adagrad(model.parameters(), lr=lr)


def optimizer_to(optimizer, device):
    for state in optimizer.state.values():
        for name, value in state.items():
            if isinstance(value, torch.Tensor):
                state[name] = value.to(device)
