"""Buckets must be a subclass of Sampler"""


class Buckets:
    def __init__(self, lengths, batch_size):
        if batch_size < 1:
            raise ValueError
        order = sorted(range(len(lengths)), key=lengths.__getitem__)
        self.batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        yield from (batch[:] for batch in self.batches)
