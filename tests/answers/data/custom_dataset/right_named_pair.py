"""A named tuple for the pair, and arrays kept as arrays until they are asked for."""

from typing import Any, NamedTuple

import numpy as np
import torch
from torch.utils.data import Dataset


class Pair(NamedTuple):
    sample: Any
    label: Any


def unchanged(value):
    return value


class ArrayDataset(Dataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("x and y must have one length")
        self.x, self.y = np.array(x), np.array(y)
        self.transform = unchanged if transform is None else transform
        self.target_transform = unchanged if target_transform is None else target_transform

    def __len__(self):
        return self.y.shape[0]

    def __getitem__(self, index):
        sample = torch.tensor(self.x[index], dtype=torch.float32)
        label = torch.tensor(self.y[index], dtype=torch.int64)
        return Pair(self.transform(sample), self.target_transform(label))
