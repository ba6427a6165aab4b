"""a tensor expected, an int returned"""

import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(self, root, annotations, transform=None):
        self.root = Path(root).absolute()
        with open(self.root / annotations, newline="") as file:
            self.rows = list(csv.reader(file))
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        name, label = self.rows[index]
        sample = torch.tensor(np.load(self.root / name), dtype=torch.float32)
        if self.transform is not None:
            sample = self.transform(sample)
        return sample, int(label)
