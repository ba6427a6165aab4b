"""other memory, as x.data = … does"""

from pathlib import Path

import torch
from torch import Tensor


def save_slice(path: str | Path, x: Tensor) -> None:
    x.data = x.data.clone(memory_format=torch.contiguous_format)
    torch.save(x.detach(), path)
