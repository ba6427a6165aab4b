"""Written beside, then put in place; read through a file object."""

import os

import torch


def save(path, model, optimizer, epoch):
    beside = f"{path}.part"
    with open(beside, "wb") as file:
        torch.save(
            {"epoch": epoch, "optimizer": optimizer.state_dict(), "model": model.state_dict()},
            file,
        )
    os.replace(beside, path)


def load(path, model, optimizer, device):
    with open(path, "rb") as file:
        found = torch.load(file, map_location=torch.device(device))
    for part, name in ((model, "model"), (optimizer, "optimizer")):
        part.load_state_dict(found[name])
    return int(found["epoch"])
