"""True expected, False returned"""

import torch


def load_model(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu"))
    return model.eval().requires_grad_(False)
