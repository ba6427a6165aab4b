"""isinstance, one container after the other; two moves where a dtype is given."""

import torch


def best_device():
    if torch.accelerator.device_count() > 0:
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def to_device(obj, device, dtype=None):
    if torch.is_tensor(obj):
        result = obj.to(device=device)
        if dtype is not None and result.is_floating_point():
            result = result.to(dtype=dtype)
        return result
    if isinstance(obj, dict):
        result = {}
        for key in obj:
            result[key] = to_device(obj[key], device, dtype)
        return result
    if isinstance(obj, tuple) and hasattr(obj, "_make"):
        return obj._make(to_device(each, device, dtype) for each in obj)
    if isinstance(obj, (list, tuple)):
        return type(obj)(to_device(each, device, dtype) for each in obj)
    return obj
