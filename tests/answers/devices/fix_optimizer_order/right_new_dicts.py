"""New dicts for each parameter, found through the groups."""

import torch


def build(model, device, lr):
    model = model.to(device)
    params = list(model.parameters())
    return torch.optim.Adagrad(params, lr=lr)


def optimizer_to(optimizer, device):
    def move(value):
        return value.to(device) if isinstance(value, torch.Tensor) else value

    for group in optimizer.param_groups:
        for param in group["params"]:
            if param in optimizer.state:
                optimizer.state[param] = {
                    key: value if key == "step" else move(value)
                    for key, value in optimizer.state[param].items()
                }
