"""Not only 0-dim tensors hold one element: any number of dimensions of length 1 will do

Follows the old notes: takes 0-dim tensors only.
"""

from torch import Tensor


def to_number(x: Tensor) -> int | float | bool:
    if x.dim() != 0:
        raise ValueError("x must be a scalar tensor")
    return x.item()
