"""torch's own tree_map; an index on the device."""

from typing import Any

import torch
from torch import Tensor
from torch.utils._pytree import tree_map_only


def best_device() -> torch.device:
    if not torch.accelerator.is_available():
        return torch.device("cpu")
    kind = torch.accelerator.current_accelerator().type
    return torch.device(kind, torch.accelerator.current_device_index())


def to_device(obj: Any, device: torch.device | str, dtype: torch.dtype | None = None) -> Any:
    def move(x: Tensor) -> Tensor:
        if dtype is None or not x.dtype.is_floating_point:
            return x.to(device)
        return x.to(device, dtype)

    return tree_map_only(Tensor, move, obj)
