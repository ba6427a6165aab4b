"""Keeps copies of the arrays as they are, and makes new tensors at each access."""

import numpy as np
import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, x: np.ndarray, y: np.ndarray, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("x and y must have one length")
        self.x = x.copy()
        self.y = y.copy()
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return self.y.size

    def __getitem__(self, idx):
        image = torch.tensor(self.x[idx], dtype=torch.float32)
        label = torch.tensor(self.y[idx], dtype=torch.int64)
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label
