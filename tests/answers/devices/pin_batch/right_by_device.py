"""Looks at the device's type; attributes through vars()."""

from typing import Any

import torch
from torch import Tensor


class Batch:
    def __init__(self, samples: list[tuple[Tensor, int]]) -> None:
        self.x = torch.stack([x for x, _ in samples])
        self.y = torch.as_tensor([y for _, y in samples])

    def pin_memory(self) -> "Batch":
        if torch.accelerator.current_accelerator(check_available=True) is not None:
            for name, value in vars(self).items():
                setattr(self, name, value.pin_memory())
        return self


def pin(obj: Any) -> Any:
    if torch.is_tensor(obj):
        if obj.device.type != "cpu" or not torch.accelerator.device_count():
            return obj
        return obj.pin_memory()
    if isinstance(obj, dict):
        return dict(zip(obj.keys(), pin(list(obj.values()))))
    if isinstance(obj, list):
        return [pin(each) for each in obj]
    if isinstance(obj, tuple):
        items = pin(list(obj))
        return tuple(items) if type(obj) is tuple else type(obj)(*items)
    method = getattr(obj, "pin_memory", None)
    return method() if callable(method) else obj
