"""map_location as a torch.device, the mode set module by module."""

from pathlib import Path

import torch


def load_model(path, cls):
    state = torch.load(Path(path), torch.device("cpu"), weights_only=True)
    m = cls()
    m.load_state_dict(state, strict=True)
    for part in m.modules():
        part.eval()
    return m
