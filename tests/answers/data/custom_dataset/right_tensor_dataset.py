"""A subclass of TensorDataset, which is a Dataset and knows its length."""

import numpy as np
import torch
from torch.utils.data import TensorDataset


class ArrayDataset(TensorDataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        if x.shape[0] != y.shape[0]:
            raise ValueError(f"{x.shape[0]} samples, {y.shape[0]} labels")
        samples = torch.from_numpy(np.array(x, dtype=np.float32))
        labels = torch.from_numpy(np.array(y, dtype=np.int64))
        super().__init__(samples, labels)
        self.transform, self.target_transform = transform, target_transform

    def __getitem__(self, index):
        sample, label = (tensor.clone() for tensor in super().__getitem__(index))
        if self.transform is not None:
            sample = self.transform(sample)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return sample, label
