"""Multiplies in a loop; x itself where there is nothing to flatten."""

from torch import Tensor


def flatten_from(x: Tensor, start: int = 1) -> Tensor:
    if start == x.dim() - 1:
        return x
    features = 1
    for side in x.shape[start:]:
        features *= side
    return x.reshape(x.shape[:start] + (features,))
