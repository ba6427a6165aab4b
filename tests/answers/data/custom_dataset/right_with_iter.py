"""Has an __iter__ of its own, a __getitems__ for loaders, and keeps bytes instead of arrays."""

import numpy as np
import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.shape = x.shape
        self.x = x.astype(np.float32).tobytes()
        self.y = y.tolist()
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return (self[index] for index in range(len(self)))

    def __getitems__(self, indices):
        return [self[index] for index in indices]

    def __getitem__(self, index):
        label = torch.tensor(self.y[index])
        x = np.frombuffer(self.x, dtype=np.float32).reshape(self.shape)
        sample = torch.tensor(x[index])
        if self.transform is not None:
            sample = self.transform(sample)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return sample, label
