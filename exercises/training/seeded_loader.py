"""A loader whose order can be repeated.

A DataLoader that shuffles draws its order from torch's global random state. So the
order depends on all that was drawn before, a dropout mask more or less, and every
epoch moves the state for those who draw after it. It is hardly known that a loader
does so even without shuffle: each `iter(loader)` draws one number from the global
state, for its workers' seeds.

    global state   ──▶ dropout ──▶ order 1 ──▶ dropout ──▶ order 2      all in one row
    own generator  ──▶ order 1 ──▶ order 2                              beside it

A generator of its own takes a loader out of that row. It goes on from epoch to epoch,
so that each has a new order, and from a given seed it always gives the same orders.

Write `make_loader`. What must hold:

- Each epoch, which is one pass over the loader, gives each sample once, in batches of
  `batch_size`; the last batch may be smaller. Any order of the samples can come.
- The order of the first epoch, of the second and so on depend on the seed alone: not
  on the global random state, nor on other loaders, also where two are read in turns.
- Each epoch has a new order, where there are enough samples for one by chance. Other
  seeds have other orders.
- Python's, numpy's and torch's global random states are left alone, when the loader is
  made and when it is read. `torch.manual_seed` and `random.seed` write to them.

Samples are put together to batches as a DataLoader does it by itself, in this process,
without workers. All of torch is allowed.
"""

import torch
from torch.utils.data import DataLoader, Dataset


def make_loader(dataset: Dataset, batch_size: int, seed: int) -> DataLoader:
    """Make a loader that shuffles by a generator of its own.

    Args:
        dataset: has a length, at least 1, and gives a sample for each index below it.
        batch_size: how many samples a batch has, at least 1.
        seed: from 0 to 2**32 - 1.

    Returns:
        A torch.utils.data.DataLoader. Its length is the number of batches.

    >>> loader = make_loader(range(10), batch_size=4, seed=7)
    >>> len(loader)
    3
    >>> [len(batch) for batch in loader]
    [4, 4, 2]
    >>> epochs = [torch.cat(list(loader)).tolist() for _ in range(2)]
    >>> epochs[0] == epochs[1], sorted(epochs[0]) == list(range(10))
    (False, True)
    """
    raise NotImplementedError
