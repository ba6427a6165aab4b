"""With a dtype floating-point tensors are cast to it, and all others keep theirs."""

import torch


def best_device():
    found = torch.accelerator.current_accelerator(check_available=True)
    return found or torch.device("cpu")


def to_device(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        wanted = obj.is_floating_point() or obj.is_complex() or obj.dtype == torch.uint8
        return obj.to(device, dtype if wanted and not obj.is_complex() else None)
    if isinstance(obj, dict):
        return {key: to_device(value, device, dtype) for key, value in obj.items()}
    if isinstance(obj, list):
        return [to_device(each, device, dtype) for each in obj]
    if isinstance(obj, tuple):
        items = [to_device(each, device, dtype) for each in obj]
        return type(obj)(*items) if hasattr(obj, "_fields") else tuple(items)
    return obj
