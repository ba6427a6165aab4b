"""A bridge to numpy: a view, and a copy.

A tensor on the CPU and a numpy array can look at the same memory. `numpy()` builds such an array:
nothing is copied, and a write through one is seen through the other.

    memory                    | 1. | 2. | 3. |
    x, a tensor                 ^
    numpy_view(x), an array     ^  the same memory
    numpy_copy(x)             | 1. | 2. | 3. |  memory of its own

Two things stand in the way. numpy knows no gradients: `numpy()` refuses a tensor that requires grad
(but such a tensor can become numpy: `numpy(force=True)` does it, and still shares memory on the
CPU). And numpy knows no other devices: their memory must be copied to the CPU first.

Detaching and moving copy only where they must. What they give for a tensor on the CPU is a view,
whatever it may be elsewhere.

Write `numpy_view` and `numpy_copy`. Both leave x as it was: its values, requires_grad and .grad.
"""

import numpy as np
import torch
from torch import Tensor


def numpy_view(x: Tensor) -> np.ndarray:
    """See a tensor's memory as an array.

    Args:
        x: on the CPU, of any float or integer dtype that numpy has, any shape and layout. It may
            require grad.

    Returns:
        An array of x's shape, dtype and values that shares x's memory: a write through one is seen
        through the other.

    >>> x = torch.zeros(3, requires_grad=True)
    >>> array = numpy_view(x)
    >>> array[0] = 5
    >>> x
    tensor([5., 0., 0.], requires_grad=True)
    """
    return x.detach().numpy()


def numpy_copy(x: Tensor) -> np.ndarray:
    """Copy a tensor to an array.

    Args:
        x: as in numpy_view, but on any device.

    Returns:
        A writable array of x's shape, dtype and values in memory of its own: a write to x is not
        seen in it, nor the other way round.

    >>> x = torch.zeros(3)
    >>> array = numpy_copy(x)
    >>> array[0] = 5
    >>> x
    tensor([0., 0., 0.])
    """
    return x.detach().cpu().numpy().copy()


HINTS = (
    "What does the error of x.numpy() advise, where x requires grad? Does that copy?",
    "For the copy, count what can share memory: detach() always does, cpu() does where x is on the "
    "CPU, numpy() always does. So one step more is needed, whatever the device.",
    "A tensor has clone(), and an array has copy(). Mind the order: a clone of a tensor that "
    "requires grad requires grad too.",
)

TAKE_ALONG = (
    "x.detach().numpy() is a view of a CPU tensor. detach, cpu and numpy copy nothing that they "
    "needn't: for a copy, say clone() or copy()."
)
