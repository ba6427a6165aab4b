"""It does without the loaders and samplers of torch.utils.data."""

from collections.abc import Iterator
from typing import Any

import torch
from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler, default_collate


class MiniLoader:
    def __init__(
        self,
        dataset: Any,
        batch_size: int,
        shuffle: bool = False,
        drop_last: bool = False,
        generator: torch.Generator | None = None,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, and is {batch_size}")
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.generator = generator

    def __len__(self) -> int:
        full, left = divmod(len(self.dataset), self.batch_size)
        return full if self.drop_last or not left else full + 1

    def __iter__(self) -> Iterator[Any]:
        if self.shuffle and len(self.dataset):
            order = RandomSampler(self.dataset, generator=self.generator)
        else:
            order = SequentialSampler(self.dataset)
        for chosen in BatchSampler(order, self.batch_size, self.drop_last):
            yield default_collate([self.dataset[index] for index in chosen])
