"""torch's BatchSampler over the sorted numbers."""

from torch.utils.data import BatchSampler


class Buckets(BatchSampler):
    def __init__(self, lengths, batch_size):
        order = [number for _, number in sorted(zip(lengths, range(len(lengths)), strict=True))]
        super().__init__(order, batch_size, drop_last=False)
