"""Mend a look at the first batches of a loader.

Many notes take a batch out of a loader like this, and torch once took part in it:

    batches = iter(loader)
    images, labels = batches.next()
                            ──────    AttributeError: iterators have no such method

A loader is an iterable: `for` walks through it, and each walk begins anew. `iter`
begins a walk, and the built-in function `next` takes one step. Where the walk is at
its end, `next` raises StopIteration; a `for` loop stops there without a word.

    loader    batch 0   batch 1   batch 2     end
    peek(loader, 2)    [batch 0, batch 1]
    peek(loader, 5)    [batch 0, batch 1, batch 2]        there are no more

Mend `peek`.

- It reads the batches that it gives and none beyond: a batch may be dear, and a
  loader need not have an end.
- Each call begins a walk of its own. The loader is no other afterwards.
- Batches are handed on as they are. What the loader raises comes out as it is.
"""

import itertools
from collections.abc import Iterable
from typing import Any


def peek(loader: Iterable[Any], n: int) -> list[Any]:
    """Look at the first batches of a loader.

    Args:
        loader: a DataLoader, or any iterable: it may know no length and no index.
        n: how many batches, at least 0.

    Returns:
        A list of the first n batches; of all of them where there are fewer.

    >>> peek(["batch 0", "batch 1", "batch 2"], 2)
    ['batch 0', 'batch 1']
    >>> peek(["batch 0"], 2)
    ['batch 0']
    """
    batches = iter(loader)
    return [batches.next() for _ in range(n)]
