"""Every sample is in exactly one batch"""

import math

from torch.utils.data import Sampler


class Buckets(Sampler):
    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError
        self.order = [lengths.index(each) for each in sorted(lengths)]
        self.batch_size = batch_size

    def __len__(self):
        return math.ceil(len(self.order) / self.batch_size)

    def __iter__(self):
        for start in range(0, len(self.order), self.batch_size):
            yield self.order[start : start + self.batch_size]
