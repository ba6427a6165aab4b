"""Each epoch gives each sample once, in batches; the last one may be smaller."""

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, seed: int) -> DataLoader:
    shuffled = {"shuffle": True, "generator": torch.Generator().manual_seed(seed)}
    return DataLoader(dataset, batch_size, collate_fn=torch.tensor, **shuffled)
