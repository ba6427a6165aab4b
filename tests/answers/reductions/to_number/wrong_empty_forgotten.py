"""ValueError expected, RuntimeError raised

Forgets the empty tensor: item() raises RuntimeError there, not ValueError.
"""

from torch import Tensor


def to_number(x: Tensor) -> int | float | bool:
    if x.numel() > 1:
        raise ValueError("more than one element")
    return x.item()
