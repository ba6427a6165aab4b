"""wrong values"""

import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("x and y differ in length")
        self.x = torch.tensor(x, dtype=torch.float32).div(255)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        sample, label = self.x[index].clone(), self.y[index].clone()
        if self.transform is not None:
            sample = self.transform(sample)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return sample, label
