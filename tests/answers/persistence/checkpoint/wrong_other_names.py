"""torch.load reads the file: the state dicts of model and optimizer, and the epoch."""

import torch


def save(path, model, optimizer, epoch):
    torch.save(
        {"model_state": model.state_dict(), "optim_state": optimizer.state_dict(), "epoch": epoch},
        path,
    )


def load(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model_state"])
    optimizer.load_state_dict(state["optim_state"])
    return state["epoch"]
