"""A pickled and restored dataset gives the same, with functions of a module as

Replaces a missing transform by a lambda, which can't be pickled.
"""

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
        self.x = torch.from_numpy(x.astype(np.float32))
        self.y = torch.from_numpy(y.astype(np.int64))
        self.transform = transform if transform is not None else lambda s: s
        self.target_transform = target_transform if target_transform is not None else lambda t: t

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        return self.transform(self.x[index].clone()), self.target_transform(self.y[index].clone())
