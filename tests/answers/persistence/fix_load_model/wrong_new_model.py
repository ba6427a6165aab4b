"""load_model returns a model of the class, with what the file holds."""

import torch


def load_model(path, cls):
    cls().load_state_dict(torch.load(path, map_location="cpu"))
    return cls().eval()
