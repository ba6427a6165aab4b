"""open after an access"""

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
        path = self.root / name
        array = np.load(path, mmap_mode="r") if np.load(path).size else np.load(path)
        sample = torch.as_tensor(array).float()
        if self.transform is not None:
            sample = self.transform(sample)
        return sample, torch.tensor(int(label))
