"""DictReader with names for the columns, and resolve."""

import csv
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(self, root: Path, annotations: str, transform=None):
        super().__init__()
        self.root = Path(root).resolve()
        lines = (self.root / annotations).read_text(encoding="utf-8").splitlines()
        self.entries = list(csv.DictReader(lines, fieldnames=["file", "label"]))
        self.transform = torch.clone if transform is None else transform

    def __len__(self):
        return len(self.entries)

    def __getitem__(self, index):
        entry = self.entries[index]
        with open(self.root.joinpath(entry["file"]), "rb") as file:
            array = np.load(file)
        sample = torch.as_tensor(array, dtype=torch.float32)
        return self.transform(sample), torch.as_tensor(int(entry["label"]))
