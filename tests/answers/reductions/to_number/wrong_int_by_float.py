"""One element, in any number of dimensions, becomes a number of the type that fits."""

import torch


def to_number(x):
    if x.numel() != 1:
        raise ValueError("not one element")
    if x.dtype == torch.bool:
        return bool(x)
    number = float(x)
    return number if x.is_floating_point() else int(number)
