"""Make a batch of a list of samples.

A dataset gives one sample at a time, and a model wants a batch. What a loader calls
between the two is the collate function:

    [({"x": tensor([1., 2.])}, 4),           ({"x": tensor([[1., 2.],
     ({"x": tensor([3., 4.])}, 5)]     ──▶             [3., 4.]])},
                                              tensor([4, 5]))
    a list of two samples                    one sample's structure, and in each
                                             place what two samples have there

`torch.tensor(list of tensors)` is not the way: it only takes tensors of one element.

Write `collate`. The first sample tells the structure; what stands at one place:

- Tensors of one shape and dtype become one tensor with a new first dimension.
- Numbers (bool, int, float) become what `torch.tensor` makes of the list of them:
  floats become float32.
- Strings become a list of them.
- Tuples become one tuple, lists one list, dicts one dict with the same keys: place
  by place, and to any depth. A tuple may be empty, and so may the others.

torch's own `default_collate` has other rules in two places: it makes float64 of
floats and a list of a tuple.

Sentences, sounds and other sequences are of different lengths, and can't be stacked.
Write `pad_collate`, which fills up the shorter ones at their end, and tells how long
each was:

    [tensor([1, 2, 3]),  ──▶  tensor([[1, 2, 3],     tensor([3, 1])
     tensor([4])]                     [4, 0, 0]])    pad is 0

Each tensor of a batch has memory of its own, also where there is a single sample,
and is part of the graph where a sample requires grad. The list and the samples are
left as they were. All of torch is allowed.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence


def collate(batch: list) -> Any:
    """Put samples of one structure together.

    Args:
        batch: the samples, at least one. Dicts at one place have the same keys, in any
            order. There are no named tuples.

    Returns:
        The batch. Tensors are on the device of the samples, those made of numbers on
        the CPU.

    Raises:
        ValueError: tuples, or lists, at one place have different lengths.
        TypeError: the first sample has something else at a place, such as None, a set or a
            complex number. What becomes of bytes and of what is numpy's is left open.

    >>> collate([(1, "one"), (2, "two"), (3, "three")])
    (tensor([1, 2, 3]), ['one', 'two', 'three'])
    >>> collate([torch.tensor([0.5, 1.5])])
    tensor([[0.5000, 1.5000]])
    """
    first = batch[0]
    match first:
        case Tensor():
            return torch.stack(batch)
        case int() | float():
            return torch.tensor(batch)
        case str():
            return list(batch)
        case tuple() | list():
            return type(first)(collate(list(place)) for place in zip(*batch, strict=True))
        case dict():
            return {key: collate([sample[key] for sample in batch]) for key in first}
    raise TypeError(f"no batch can be made of {type(first).__name__}")


def pad_collate(batch: list[Tensor], pad: float) -> tuple[Tensor, Tensor]:
    """Put sequences of different lengths into one tensor.

    Args:
        batch: tensors of one dtype, at least one. Each has shape (length, ...); length
            may be 0, and what follows it is the same for all.
        pad: what is put after the end of a shorter sequence; a value of that dtype, NaN
            and infinities among them.

    Returns:
        The tuple (padded, lengths). padded has shape (n, longest, ...) with the dtype
        and on the device of the sequences; lengths is int64 of shape (n,), and on the
        CPU, where torch's packed sequences want it.

    >>> pad_collate([torch.tensor([0.5, 1.5]), torch.tensor([2.5])], pad=-1.0)
    (tensor([[ 0.5000,  1.5000],
            [ 2.5000, -1.0000]]), tensor([2, 1]))
    """
    lengths = torch.tensor([len(sequence) for sequence in batch])
    return pad_sequence(batch, batch_first=True, padding_value=pad), lengths


HINTS = (
    "Ask what the first sample is: isinstance(first, Tensor), int or float, str, tuple or list, "
    "dict. Which two of these can be answered at once?",
    "A tuple's batch is a tuple: of the batch of all first fields, the batch of all second fields, "
    "and so on. So collate calls itself. zip(*batch) gives the fields.",
    "zip stops silently at the shortest of the tuples, unless it is told to be strict.",
    "For pad_collate begin with a tensor that is full of the padding, and write each sequence to "
    "the front of its row. new_full makes one with the dtype and device of another.",
)

TAKE_ALONG = (
    "A collate function turns a list of samples inside out: one structure, a batch in each place. "
    "Who pads must also keep the lengths, or the padding becomes data."
)

APPROACH = (
    "It lets zip refuse different lengths, and leaves the padding to pad_sequence, which wants "
    "batch_first=True to put the samples first."
)
