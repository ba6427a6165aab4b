"""From a tensor to a Python number.

A loss is logged, an accuracy printed, a flag asked by `if`: all want a plain number, not a tensor.
`item()` gives one, of the type that fits the tensor's dtype:

    tensor(0.5)                 0.5      float16, bfloat16, float32, float64: a float
    tensor([3])                 3        int64, uint8 and the other integers: an int
    tensor([[[True]]])          True     bool: a bool
    tensor([]), tensor([1, 2])           no number, or more than one: an error

Old notes say that it takes 0-dim tensors only. A tensor of any number of dimensions will do, if it
holds one element. `float(x)` and `int(x)` do too, but force a type: a float64 has no place for
every int64, and an int none for a fraction.

Write `to_number`, which gives the number, and raises a ValueError where x doesn't hold exactly one
element. x can be on any device, can be NaN or infinite, and can require grad.
"""

import torch
from torch import Tensor


def to_number(x: Tensor) -> int | float | bool:
    """Take the only element of a tensor as a Python number.

    Args:
        x: a floating point, integer or bool dtype, any shape.

    Returns:
        A float, an int or a bool, as the dtype of x is. Its value is exactly that of the element.

    Raises:
        ValueError: x has no element, or more than one.

    >>> to_number(torch.tensor([[7]]))
    7
    >>> to_number(torch.tensor(0.5, requires_grad=True))
    0.5
    """
    raise NotImplementedError
