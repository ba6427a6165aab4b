"""ValueError expected; nothing was raised"""

import numpy as np
import torch
from torch import Tensor


def to_input(a: np.ndarray) -> Tensor:
    """Copy an array into a float32 tensor.

    Args:
        a: integers, or floats of 16 to 64 bits, in the machine's own byte order; any shape, 0-dim
            and zero-size included.

    Returns:
        A float32 tensor with a's shape and values, which are not scaled.

    >>> to_input(np.array([1, 2, 3])[::-1])
    tensor([3., 2., 1.])
    """
    return torch.from_numpy(np.array(a, dtype=np.float32, order="C"))


def to_labels(y: np.ndarray | list) -> Tensor:
    """Copy whole numbers into an int64 tensor.

    Args:
        y: an array as for to_input; or a flat list, of ints or of floats, which may be empty.
            Integers are kept exactly, also large ones. No whole number is beyond int64.

    Returns:
        An int64 tensor with y's shape and values. Floats without a fraction are fine.

    Raises:
        ValueError: a value is not a whole number: it has a fraction, however small, or is NaN or
            infinite.

    >>> to_labels([2, 0, 1])
    tensor([2, 0, 1])
    >>> to_labels(np.array([2.0, 0.0]))
    tensor([2, 0])
    >>> to_labels([1.7])
    Traceback (most recent call last):
        ...
    ValueError: labels must be whole numbers
    """
    values = np.array(y)
    if values.dtype.kind == "f":
        if not np.isfinite(values).all() or not np.isclose(values, np.round(values)).all():
            raise ValueError("labels must be whole numbers")
        values = np.array(np.round(values))
    return torch.from_numpy(values.astype(np.int64, order="C"))
