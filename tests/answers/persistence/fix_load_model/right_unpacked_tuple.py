"""The tuple is kept, and unpacked."""

import torch


def load_model(path, cls):
    model = cls()
    (state,) = (torch.load(path, map_location="cpu", weights_only=True),)
    model.load_state_dict(state)
    return model.eval()
