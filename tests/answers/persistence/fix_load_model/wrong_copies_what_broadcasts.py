"""Names that are missing or too many and other shapes raise RuntimeError."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn


def load_model(path: str | Path, cls: Callable[[], nn.Module]) -> nn.Module:
    model = cls()
    state = torch.load(path, map_location="cpu", weights_only=True)
    own = model.state_dict()
    if own.keys() != state.keys():
        raise RuntimeError(f"names differ: {sorted(own.keys() ^ state.keys())}")
    with torch.no_grad():
        for name, value in state.items():
            own[name].copy_(value)
    model.eval()
    return model
