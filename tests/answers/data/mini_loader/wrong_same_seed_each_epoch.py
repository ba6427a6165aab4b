"""All epochs have the same order"""

import torch
from torch.utils.data import default_collate


class MiniLoader:
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        if batch_size < 1:
            raise ValueError
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        self.drop_last, self.generator = drop_last, generator

    def __len__(self):
        extra = 0 if self.drop_last else self.batch_size - 1
        return (len(self.dataset) + extra) // self.batch_size

    def __iter__(self):
        n = len(self.dataset)
        order = list(range(n))
        if self.shuffle:
            if self.generator is not None:
                self.generator.manual_seed(self.generator.initial_seed())
            order = torch.randperm(n, generator=self.generator).tolist()
        for k in range(len(self)):
            chosen = order[k * self.batch_size : (k + 1) * self.batch_size]
            yield default_collate([self.dataset[i] for i in chosen])
