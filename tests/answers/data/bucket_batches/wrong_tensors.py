"""an int expected, a tensor returned"""

import math

import torch
from torch.utils.data import Sampler


class Buckets(Sampler):
    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError
        self.lengths, self.batch_size = torch.tensor(lengths, dtype=torch.int64), batch_size

    def __len__(self):
        return math.ceil(len(self.lengths) / self.batch_size)

    def __iter__(self):
        return (list(each) for each in self.lengths.argsort().split(self.batch_size) if len(each))
