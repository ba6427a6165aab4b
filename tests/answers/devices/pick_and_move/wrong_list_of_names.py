"""best_device is the accelerator that torch sees, or the CPU where there is none."""

import torch


def best_device():
    for name, there in (
        ("cuda", torch.cuda.is_available()),
        ("mps", torch.backends.mps.is_available()),
        ("xpu", torch.xpu.is_available()),
    ):
        if there:
            return torch.device(name)
    return torch.device("cpu")


def to_device(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        return obj.to(device, dtype if obj.is_floating_point() else None)
    if isinstance(obj, dict):
        return {key: to_device(value, device, dtype) for key, value in obj.items()}
    if isinstance(obj, list):
        return [to_device(each, device, dtype) for each in obj]
    if isinstance(obj, tuple):
        items = [to_device(each, device, dtype) for each in obj]
        return type(obj)(*items) if hasattr(obj, "_fields") else tuple(items)
    return obj
