"""Save a slice, and not what it is a slice of.

A view has a start, a shape and strides; the numbers lie in a storage, which all
views of it share. torch.save keeps that up: it writes the whole storage, and
views that are saved together are views of one storage again when they are loaded.

    table          1,000,000 numbers
    x = table[:3]  ▒▒▒·····························    3 of them are meant

    torch.save(x, path)      4 MB: all of the storage, for 3 numbers
    save_slice(path, x)      1 KB

So a file with a small part of something large, or of something secret, holds all
of it, and so does the memory of who loads it.

Write `save_slice`. All of torch is allowed. Mind that `contiguous()` copies only
what is not contiguous yet: `table[:3]` is.
"""

import tempfile
from pathlib import Path

import torch
from torch import Tensor


def save_slice(path: str | Path, x: Tensor) -> None:
    """Save a tensor without the rest of its storage.

    Args:
        path: where to; a file that is there is overwritten, the folder exists.
        x: any dtype, shape, strides and device. It may be a part of a larger storage,
            expanded, or of no elements, and may require grad. It is left as it is.

    `torch.load(path)` gives a tensor with the values, shape, dtype and device of x,
    which does not require grad. Its storage has room for its elements and no more.

    >>> table = torch.arange(1_000_000)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "slice.pt")
    ...     torch.save(table[:3], path)
    ...     whole = path.stat().st_size
    ...     save_slice(path, table[:3])
    ...     loaded, small = torch.load(path), path.stat().st_size
    >>> loaded, loaded.untyped_storage().nbytes()
    (tensor([0, 1, 2]), 24)
    >>> whole > 8_000_000, small < 8_000
    (True, True)
    """
    raise NotImplementedError
