"""A label below 0, or from num_classes on, is refused with a ValueError."""

import torch
from torch import Tensor


class OneHotTarget:
    def __init__(self, num_classes: int) -> None:
        self.num_classes = num_classes

    def __call__(self, y: int | Tensor) -> Tensor:
        if not isinstance(y, Tensor):
            if not 0 <= y < self.num_classes:
                raise ValueError("label out of range")
            y = torch.tensor(y)
        y = y.to(torch.int32)
        if bool((y < 0).any()) or bool((y >= self.num_classes).any()):
            raise ValueError("label out of range")
        classes = torch.arange(self.num_classes, dtype=torch.int32, device=y.device)
        return (y.unsqueeze(-1) == classes).to(torch.float32)
