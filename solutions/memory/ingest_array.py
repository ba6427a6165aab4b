"""From numpy to a model's input and labels.

A model wants float32 inputs and int64 labels in memory that nobody else writes to. Arrays come in
any dtype, and often as a view of something larger:

    a               0.  1.  2.  3.       to_input(a)         0. 1. 2. 3.
    a[::-1]         3.  2.  1.  0.       to_input(a[::-1])   3. 2. 1. 0.
                    strides below 0: torch refuses them, in from_numpy and in tensor

`from_numpy` shares the array's memory. `.float()` and `.long()` copy only where the dtype changes,
so that a float32 array stays shared: the result looks like a copy and isn't.

And a conversion to whole numbers drops fractions without a word: 1.7 becomes 1. A label of 1.7 is
a mistake somewhere else, which must not pass.

Write `to_input` and `to_labels`. Both copy: a write to the array is not seen in the result, nor the
other way round. The arrays may be read-only and have any strides. Both results lie on the CPU.
"""

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
    return torch.from_numpy(np.array(a, dtype=np.float32))


def to_labels(y: np.ndarray | list) -> Tensor:
    """Copy whole numbers into an int64 tensor.

    Args:
        y: an array as for to_input; or a flat list, all of ints or all of floats, which may be
            empty. Integers are kept exactly, also large ones. No whole number is beyond int64.

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
    values = torch.from_numpy(np.array(y))
    labels = values.to(torch.int64)
    # The smallest int64 is -inf in float16: an infinity can come back as it was.
    if not (torch.equal(labels.to(values.dtype), values) and values.isfinite().all()):
        raise ValueError("labels must be whole numbers")
    return labels


HINTS = (
    "What copies, whatever it is given: torch.from_numpy, .float(), np.array, np.asarray, "
    "a.astype, a.copy()? Which of them gives strides that torch takes?",
    "np.array(a, dtype=…) makes a new array of its own. Nothing is lost where from_numpy then "
    "shares that one.",
    "np.array takes lists too, and reads their dtype from the numbers. Don't take integers through "
    "floats: a float can't hold every large one.",
    "For the fractions, convert to int64 and back. When do you get what you had? Infinities are a "
    "case of their own: float16 is so narrow that large integers become infinite on the way back.",
)

TAKE_ALONG = (
    "from_numpy(a).float() shares a float32 array. Copy first, with the dtype that you want, and "
    "wrap the copy. Conversion to int64 truncates: check before it goes on."
)
