"""Asks what the file wants to run before it loads."""

import pickle

import torch


def load_model(path, cls):
    wanted = torch.serialization.get_unsafe_globals_in_checkpoint(path)
    if wanted:
        raise pickle.UnpicklingError(f"{path} wants {wanted}")
    net = cls()
    net.load_state_dict(torch.load(path, map_location="cpu", mmap=True))
    return net.eval()
