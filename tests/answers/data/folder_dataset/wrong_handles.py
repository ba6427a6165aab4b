"""may be missing"""

import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(self, root, annotations, transform=None):
        self.root = Path(root).absolute()
        with open(self.root / annotations, newline="") as file:
            rows = list(csv.reader(file))
        self.files = [open(self.root / name, "rb") for name, _ in rows]  # the mistake
        self.labels = [int(label) for _, label in rows]
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        self.files[index].seek(0)
        sample = torch.tensor(np.load(self.files[index]), dtype=torch.float32)
        label = torch.tensor(self.labels[index])
        if self.transform is not None:
            sample = self.transform(sample)
        return sample, label
