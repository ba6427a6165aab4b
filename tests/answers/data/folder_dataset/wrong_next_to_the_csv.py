"""FileNotFoundError"""

import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(self, root, annotations, transform=None):
        path = Path(root).absolute() / annotations
        with open(path, newline="") as file:
            self.rows = [(path.parent / name, int(label)) for name, label in csv.reader(file)]
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        path, label = self.rows[index]
        sample = torch.tensor(np.load(path), dtype=torch.float32)
        if self.transform is not None:
            sample = self.transform(sample)
        return sample, torch.tensor(label)
