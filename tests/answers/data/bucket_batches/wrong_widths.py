"""sorted by length, the shortest first"""

from torch.utils.data import Sampler


class Buckets(Sampler):
    """Takes every so-many-th of the sorted samples."""

    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError
        order = sorted(range(len(lengths)), key=lengths.__getitem__)
        count = -(-len(order) // batch_size)
        full = [order[i::count] for i in range(count)]
        flat = [number for batch in full for number in batch]
        self.batches = [flat[i : i + batch_size] for i in range(0, len(flat), batch_size)]

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        return iter([list(batch) for batch in self.batches])
