"""Works out the index by hand, adds 0 to copy, and applies target_transform first."""

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset


def apply(function, value: Tensor) -> Any:
    return value if function is None else function(value)


class ArrayDataset(Dataset[tuple[Any, Any]]):
    def __init__(self, x: np.ndarray, y: np.ndarray, transform=None, target_transform=None) -> None:
        self.x = torch.tensor(x).float().clone()
        self.y = torch.tensor(y).long().clone()
        self._functions = {"sample": transform, "label": target_transform}
        self._length = self.x.shape[0]
        if self.y.shape[0] != self._length:
            raise ValueError("as many labels as samples, please")

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        position = index + self._length if index < 0 else index
        if position < 0 or position >= self._length:
            raise IndexError(f"index {index} is out of range for {self._length} samples")
        label = apply(self._functions["label"], self.y[position] + 0)
        sample = apply(self._functions["sample"], self.x[position] + 0)
        return sample, label
