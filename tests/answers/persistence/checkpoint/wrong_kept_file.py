"""Saving leaves model and optimizer as they are, and overwrites what was there."""

import os

import torch


def save(path, model, optimizer, epoch):
    if not os.path.exists(path):
        torch.save(
            {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path
        )


def load(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
