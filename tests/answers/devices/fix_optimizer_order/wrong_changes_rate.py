"""Parameters, settings, values and dtypes of the state stay; only where they are changes."""

import torch


def build(model, device, lr):
    model.to(device)
    return torch.optim.Adagrad(model.parameters(), lr=lr)


def optimizer_to(optimizer, device):
    kind, groups = type(optimizer), optimizer.param_groups
    fresh = kind([p for group in groups for p in group["params"]], lr=groups[0]["lr"])
    state = optimizer.state_dict()
    for group, new in zip(state["param_groups"], [fresh.param_groups[0]] * len(groups)):
        group["lr"] = new["lr"]
    optimizer.load_state_dict(state)
