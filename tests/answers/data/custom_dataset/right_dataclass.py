"""A dataclass; the conversion is in __post_init__."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.utils.data import Dataset


@dataclass(eq=False)
class ArrayDataset(Dataset):
    x: np.ndarray
    y: np.ndarray
    transform: Callable[[torch.Tensor], Any] | None = None
    target_transform: Callable[[torch.Tensor], Any] | None = None

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise ValueError(f"{len(self.x)} != {len(self.y)}")
        self.x = torch.as_tensor(self.x).to(torch.float32, copy=True)
        self.y = torch.as_tensor(self.y).to(torch.int64, copy=True)

    def __len__(self) -> int:
        return self.x.size(0)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        pair = self.x[index].detach().clone(), self.y[index].detach().clone()
        functions = self.transform, self.target_transform
        return tuple(f(v) if f is not None else v for f, v in zip(functions, pair, strict=True))
