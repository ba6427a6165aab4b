"""Batches of samples of like length.

Sequences in a batch are padded to the longest of them, and padding costs as much time
as data. Who puts short ones with short ones pads less:

    number     0   1   2   3   4        in the order of the file, batch_size 2:
    length     2   9   3   8   5            [0, 1] [2, 3] [4]      7 + 5 padded
                                        sorted, and then cut:
                                            [0, 2] [4, 3] [1]      1 + 3 padded

Write the class `Buckets`, a subclass of `Sampler`. It is for a loader's argument
batch_sampler, and so it gives whole batches: lists of the numbers of samples.

- The samples are sorted by length, the shortest first, and cut into batches of
  batch_size. The last batch, of the longest, is smaller where the samples don't fill
  it. Where they do, no other way to cut them pads less.
- Every sample is in exactly one batch. The order within a batch does not matter, nor
  which comes first of samples of one length.
- Each epoch gives all the batches, whatever was done to the lists of the one before; two
  walks at once don't disturb each other.

All of torch is allowed.
"""

from collections.abc import Iterator

from torch.utils.data import Sampler


class Buckets(Sampler):
    """Batches of numbers of samples, sorted by length.

    Args:
        lengths: the length of each sample, in a list, which is left as it was. There
            may be no sample.
        batch_size: how many samples make a batch, at least 1.

    Raises:
        ValueError: batch_size is less than 1.

    >>> sampler = Buckets([20, 90, 30, 80, 50], batch_size=2)
    >>> [sorted(batch) for batch in sampler]
    [[0, 2], [3, 4], [1]]
    >>> len(sampler)
    3
    """

    def __init__(self, lengths: list[int], batch_size: int) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, and is {batch_size}")
        order = sorted(range(len(lengths)), key=lengths.__getitem__)
        self.batches = [
            order[start : start + batch_size] for start in range(0, len(order), batch_size)
        ]

    def __len__(self) -> int:
        """The number of batches in an epoch."""
        return len(self.batches)

    def __iter__(self) -> Iterator[list[int]]:
        """Begin an epoch: its batches, each a list of ints."""
        return map(list, self.batches)


HINTS = (
    "What is to be sorted are the numbers of the samples, by their lengths. sorted takes key=, a "
    "function that is called with each number.",
    "A batch is a slice of the sorted numbers. range(0, n, batch_size) gives where each begins, "
    "and a slice that reaches beyond the end is shorter by itself.",
    "A batch sampler's len is the number of its batches. Each __iter__ must begin from the front.",
)

TAKE_ALONG = (
    "A batch sampler gives lists of numbers, a sampler single ones. Sort the numbers, not "
    "the lengths themselves, and cut when that is done."
)

APPROACH = (
    "All is settled in __init__, since nothing is drawn. Each batch is given out as a list of its "
    "own, so that nobody can write to those that are kept."
)
