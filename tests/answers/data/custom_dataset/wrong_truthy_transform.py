"""Each access calls both transforms once, with tensors, and nothing else calls them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(
        self,
        x: np.ndarray,
        y: np.ndarray,
        transform: Callable[[Tensor], Any] | None = None,
        target_transform: Callable[[Tensor], Any] | None = None,
    ) -> None:
        if len(x) != len(y):
            raise ValueError("x and y have different lengths")
        self.x = torch.tensor(x.astype(np.float32))
        self.y = torch.tensor(y.astype(np.int64))
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        sample = self.x[index].clone()
        label = self.y[index].clone()
        if self.transform:
            sample = self.transform(sample)
        if self.target_transform:
            label = self.target_transform(label)
        return sample, label
