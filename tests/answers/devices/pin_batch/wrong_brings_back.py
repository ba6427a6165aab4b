"""A tensor on an accelerator comes back as it is, among others that are pinned."""

import torch


class Batch:
    def __init__(self, samples):
        self.x = torch.stack([x for x, _ in samples])
        self.y = torch.tensor([y for _, y in samples])

    def pin_memory(self):
        self.x, self.y = pin(self.x), pin(self.y)
        return self


def pin(obj):
    if isinstance(obj, torch.Tensor):
        return obj.cpu().pin_memory() if torch.accelerator.is_available() else obj
    if isinstance(obj, dict):
        return {key: pin(value) for key, value in obj.items()}
    if isinstance(obj, list):
        return [pin(each) for each in obj]
    if isinstance(obj, tuple):
        items = [pin(each) for each in obj]
        return type(obj)(*items) if hasattr(obj, "_fields") else tuple(items)
    return obj.pin_memory() if hasattr(obj, "pin_memory") else obj
