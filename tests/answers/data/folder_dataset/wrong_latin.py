"""No such file or directory"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    def __init__(
        self, root: Path, annotations: str, transform: Callable[[Tensor], Any] | None = None
    ) -> None:
        self.root = root.absolute()
        with open(self.root / annotations, encoding="latin-1", newline="") as file:
            self.rows = [(name, int(label)) for name, label in csv.reader(file)]
        self.transform = transform

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Any, Tensor]:
        name, label = self.rows[index]
        sample = torch.tensor(np.load(self.root / name), dtype=torch.float32)
        if self.transform is not None:
            sample = self.transform(sample)
        return sample, torch.tensor(label)
