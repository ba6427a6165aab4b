"""Collects numbers until a batch is full."""

import math

import numpy as np
from torch.utils.data import Sampler


class Buckets(Sampler[list[int]]):
    def __init__(self, lengths, batch_size):
        if not batch_size >= 1:
            raise ValueError(f"{batch_size=}")
        self.lengths = list(lengths)
        self.batch_size = batch_size

    def __len__(self):
        return math.ceil(len(self.lengths) / self.batch_size)

    def __iter__(self):
        batch = []
        for number in np.argsort(self.lengths, kind="stable").tolist():
            batch.append(int(number))
            if len(batch) == self.batch_size:
                yield batch
                batch = []
        if batch:
            yield batch
