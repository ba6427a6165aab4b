"""root below the working directory, and astype."""

import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(self, root, annotations, transform=None):
        self.root = Path.cwd() / root
        self.transform = transform
        with (self.root / annotations).open(newline="", encoding="utf-8") as file:
            self.rows = tuple(csv.reader(file))

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        name, label = self.rows[index]
        array = np.load(str(self.root / name)).astype(np.float32)
        sample = torch.tensor(array)
        if self.transform is not None:
            sample = self.transform(sample)
        return (sample, torch.tensor(int(label)))
