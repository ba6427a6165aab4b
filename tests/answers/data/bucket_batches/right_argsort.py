"""torch's argsort and split."""

import torch
from torch.utils.data import Sampler


class Buckets(Sampler):
    def __init__(self, lengths, batch_size):
        if batch_size <= 0:
            raise ValueError("batch_size")
        self.lengths = torch.tensor(lengths, dtype=torch.int64)
        self.batch_size = batch_size

    def __len__(self):
        return (len(self.lengths) + self.batch_size - 1) // self.batch_size

    def __iter__(self):
        if len(self.lengths) == 0:
            return
        for batch in self.lengths.argsort().split(self.batch_size):
            yield batch.tolist()
