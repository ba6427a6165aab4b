"""Can't pickle local object"""

import torch
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        if len(x) != len(y):
            raise ValueError("x and y differ in length")
        samples = torch.tensor(x, dtype=torch.float32)
        labels = torch.tensor(y, dtype=torch.int64)

        def pair(index):
            sample, label = samples[index].clone(), labels[index].clone()
            if transform is not None:
                sample = transform(sample)
            if target_transform is not None:
                label = target_transform(label)
            return sample, label

        self.pair = pair
        self.length = len(samples)

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return self.pair(index)
