"""What is no tensor and no container comes back as it is, the same object."""

from typing import Any

import torch


def best_device() -> torch.device:
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def to_device(obj: Any, device: torch.device | str, dtype: torch.dtype | None = None) -> Any:
    if isinstance(obj, dict):
        return {key: to_device(value, device, dtype) for key, value in obj.items()}
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*(to_device(item, device, dtype) for item in obj))
    if type(obj) in (list, tuple):
        return type(obj)(to_device(item, device, dtype) for item in obj)
    if hasattr(obj, "to"):
        obj = obj.to(device)
        if dtype is not None and torch.is_tensor(obj) and obj.is_floating_point():
            obj = obj.to(dtype)
    return obj
