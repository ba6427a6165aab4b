"""Without shuffle nothing is drawn"""

from torch.utils.data import DataLoader, RandomSampler


class MiniLoader:
    def __init__(self, dataset, batch_size, shuffle=False, drop_last=False, generator=None):
        sampler = RandomSampler(dataset, generator=generator) if shuffle and len(dataset) else None
        self.loader = DataLoader(
            dataset, batch_size, sampler=sampler, drop_last=drop_last, generator=generator
        )

    def __len__(self):
        return len(self.loader)

    def __iter__(self):
        return iter(self.loader)
