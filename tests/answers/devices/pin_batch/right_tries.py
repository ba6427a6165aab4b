"""Tries to pin, and takes the refusal for an answer; a new Batch."""

import torch


class Batch:
    def __init__(self, samples):
        self.x = torch.stack([sample[0] for sample in samples], dim=0)
        self.y = torch.tensor([sample[1] for sample in samples], dtype=torch.int64)

    def pin_memory(self):
        other = Batch.__new__(Batch)
        other.x = pin(self.x)
        other.y = pin(self.y)
        return other


def pin(obj):
    if isinstance(obj, torch.Tensor):
        try:
            return obj.pin_memory()
        except RuntimeError:
            return obj
    if isinstance(obj, dict):
        return {key: pin(obj[key]) for key in obj}
    if isinstance(obj, tuple) and hasattr(obj, "_make"):
        return obj._make(map(pin, obj))
    if isinstance(obj, (list, tuple)):
        return type(obj)(map(pin, obj))
    if hasattr(obj, "pin_memory"):
        return obj.pin_memory()
    return obj
