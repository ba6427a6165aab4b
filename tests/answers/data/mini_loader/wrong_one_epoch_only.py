"""a list of"""

import torch
from torch.utils.data import default_collate


class MiniLoader:
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        if batch_size < 1:
            raise ValueError
        n = len(dataset)
        order = torch.randperm(n, generator=generator).tolist() if shuffle else list(range(n))
        count = n // batch_size if drop_last else -(-n // batch_size)
        chosen = [order[k * batch_size : (k + 1) * batch_size] for k in range(count)]
        self.count = count
        self.batches = (default_collate([dataset[i] for i in each]) for each in chosen)

    def __len__(self):
        return self.count

    def __iter__(self):
        return self.batches
