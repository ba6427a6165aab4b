"""A list of pairs: its indexing knows negative indices and raises IndexError; y.astype copies."""

import torch
from torch.utils.data import Dataset


def identity(value):
    return value


class ArrayDataset(Dataset):
    def __init__(self, x, y, transform=None, target_transform=None):
        super().__init__()
        samples = list(torch.from_numpy(x.astype("float32")))
        labels = [torch.tensor(int(label)) for label in y]
        self.pairs = list(zip(samples, labels, strict=True))
        self.transform = identity if transform is None else transform
        self.target_transform = identity if target_transform is None else target_transform

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, index):
        sample, label = self.pairs[index]
        return self.transform(sample.clone()), self.target_transform(label.clone())
