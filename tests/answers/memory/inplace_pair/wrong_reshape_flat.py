"""values differ (tolerance: 1e-05 + 1.3e-06 × |expected|)

Flattens first: where x is not contiguous, reshape copies and the write is lost.
"""

from torch import Tensor


def clamp_into_(x: Tensor, lo: float, hi: float) -> Tensor:
    x.reshape(-1).clamp_(lo, hi)
    return x


def clamped(x: Tensor, lo: float, hi: float) -> Tensor:
    return x.clamp(lo, hi)
