"""The optimizer is not loaded"""

import torch


def save(path, model, optimizer, epoch):
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path
    )


def load(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    optimizer = type(optimizer)(model.parameters(), lr=0.1)
    return state["epoch"]
