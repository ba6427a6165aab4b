"""What is loaded has the values, shape, dtype and device of x."""

from pathlib import Path

import torch
from torch import Tensor


def save_slice(path: str | Path, x: Tensor) -> None:
    torch.save(torch.tensor(x.detach().cpu().numpy(), device=x.device), path)
