"""A file in the format before zip archives."""

import pathlib

import torch


def save(path, model, optimizer, epoch):
    path = pathlib.Path(path)
    checkpoint = {}
    checkpoint["model"] = model.state_dict()
    checkpoint["optimizer"] = optimizer.state_dict()
    checkpoint["epoch"] = epoch
    torch.save(checkpoint, path, _use_new_zipfile_serialization=False)


def load(path, model, optimizer, device):
    checkpoint = torch.load(pathlib.Path(path), map_location=str(device))
    optimizer.load_state_dict(checkpoint.pop("optimizer"))
    epoch = checkpoint.pop("epoch")
    model.load_state_dict(checkpoint.pop("model"))
    return epoch
