"""Every batch is full but the last"""

from torch.utils.data import Sampler


class Buckets(Sampler):
    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError
        order = sorted(range(len(lengths)), key=lengths.__getitem__)
        self.batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
        if len(self.batches) > 1 and len(self.batches[-1]) < batch_size:
            tail = self.batches.pop()
            self.batches[-1] += tail

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        return iter([list(batch) for batch in self.batches])
