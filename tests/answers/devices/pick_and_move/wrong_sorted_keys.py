"""Containers come back with their tensors moved, of the same types, however deep."""

import torch


def best_device():
    found = torch.accelerator.current_accelerator(check_available=True)
    return found or torch.device("cpu")


def to_device(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        return obj.to(device, dtype if obj.is_floating_point() else None)
    if isinstance(obj, dict):
        return {key: to_device(obj[key], device, dtype) for key in sorted(obj, key=str)}
    if isinstance(obj, list):
        return [to_device(each, device, dtype) for each in obj]
    if isinstance(obj, tuple):
        items = [to_device(each, device, dtype) for each in obj]
        return type(obj)(*items) if hasattr(obj, "_fields") else tuple(items)
    return obj
