"""two walks at once don't disturb each other"""

import math

from torch.utils.data import Sampler


class Buckets(Sampler):
    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError
        self.order = sorted(range(len(lengths)), key=lambda i: lengths[i])
        self.batch_size = batch_size

    def __len__(self):
        return math.ceil(len(self.order) / self.batch_size)

    def __iter__(self):
        self.at = 0
        return self

    def __next__(self):
        if self.at >= len(self.order):
            raise StopIteration
        self.at += self.batch_size
        return self.order[self.at - self.batch_size : self.at]
