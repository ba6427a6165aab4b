"""What was handed in still holds its own tensors, and the result is a new container."""

import torch


def best_device():
    found = torch.accelerator.current_accelerator(check_available=True)
    return found or torch.device("cpu")


def to_device(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        return obj.to(device, dtype if obj.is_floating_point() else None)
    if isinstance(obj, dict):
        return {key: to_device(value, device, dtype) for key, value in obj.items()}
    if isinstance(obj, list):
        for place, each in enumerate(obj):
            obj[place] = to_device(each, device, dtype)
        return obj
    if isinstance(obj, tuple):
        items = [to_device(each, device, dtype) for each in obj]
        return type(obj)(*items) if hasattr(obj, "_fields") else tuple(items)
    return obj
