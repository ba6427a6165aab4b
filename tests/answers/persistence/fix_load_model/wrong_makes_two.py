"""load_model returns a model of the class, with what the file holds."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn


def load_model(path: str | Path, cls: Callable[[], nn.Module]) -> nn.Module:
    cls()
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model.eval()
