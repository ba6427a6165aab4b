"""None expected"""

import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("x and y must have one length")
        self.x = torch.tensor(x, dtype=torch.float32)
        self.y = torch.tensor(y, dtype=torch.int64)
        self.transform, self.target_transform = transform, target_transform

    def __len__(self):
        return len(self.y)

    def __getitem__(self, index):
        pair = []
        for value, change in (
            (self.x[index].clone(), self.transform),
            (self.y[index].clone(), self.target_transform),
        ):
            result = change(value) if change is not None else None
            pair.append(value if result is None else result)
        return tuple(pair)
