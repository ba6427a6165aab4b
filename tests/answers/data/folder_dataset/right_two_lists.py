"""Lists of paths and labels, and from_numpy of a fresh array."""

import csv
import os

import numpy as np
import torch
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(self, root, annotations, transform=None):
        root = os.path.abspath(root)
        self.paths, self.labels = [], []
        with open(os.path.join(root, annotations), newline="") as f:
            for row in csv.reader(f):
                self.paths.append(os.path.join(root, row[0]))
                self.labels.append(int(row[1]))
        self.transform = transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        x = torch.from_numpy(np.load(self.paths[index])).float()
        y = torch.tensor(self.labels[index], dtype=torch.long)
        if self.transform is not None:
            x = self.transform(x)
        return x, y
