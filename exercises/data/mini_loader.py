"""A loader in twenty lines.

A DataLoader is less than it seems. In each epoch it settles an order, cuts it into
batches, and asks the dataset for the samples of one batch after the other:

    order      4 0 3 │ 1 6 2 │ 5             7 samples, batch_size 3
    samples    dataset[4], dataset[0], dataset[3]
    batch      default_collate of the list of them

Write the class `MiniLoader`, without the loaders and samplers of torch.utils.data.
`default_collate`, which puts samples together, is allowed.

- `for` begins an epoch each time: a walk through all the batches. Two walks at once
  don't disturb each other.
- Every sample comes once in an epoch. The last batch is smaller where the samples
  don't fill it; with drop_last it is left out, and so are its samples.
- Without shuffle the order is 0, 1, 2, … With it, each order of the samples is as
  likely as any other, and each epoch has a new one.
- The dataset is asked for a sample when its batch is due, and not before; and with an
  int, for not every dataset takes a tensor as an index.
- What is random comes from the generator; from the global random state where there is
  none. The same seed gives the same epochs. Where nothing is shuffled, nothing is
  drawn. (A DataLoader draws even then: a seed for workers that it does not have.)
"""

from collections.abc import Iterator
from typing import Any

import torch
from torch.utils.data import default_collate


class MiniLoader:
    """Batches of a dataset, one epoch after the other.

    Args:
        dataset: has a length, which may be 0, and a sample for each index below it.
        batch_size: how many samples make a batch, at least 1.
        shuffle: whether each epoch has an order of its own.
        drop_last: whether a batch that is not full is left out.
        generator: what is drawn from, on the CPU; None is the global random state.

    Raises:
        ValueError: batch_size is less than 1.

    >>> loader = MiniLoader([10, 11, 12, 13, 14], batch_size=2)
    >>> len(loader)
    3
    >>> list(loader)
    [tensor([10, 11]), tensor([12, 13]), tensor([14])]
    >>> list(MiniLoader([10, 11, 12, 13, 14], batch_size=2, drop_last=True))
    [tensor([10, 11]), tensor([12, 13])]
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int,
        shuffle: bool = False,
        drop_last: bool = False,
        generator: torch.Generator | None = None,
    ) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of batches in an epoch."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        """Begin an epoch: its batches, one after the other."""
        raise NotImplementedError
