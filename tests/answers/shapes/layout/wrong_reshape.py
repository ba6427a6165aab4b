"""reshape keeps the elements in the order of memory and cuts them into other rows: pixels

reshape to the right shape: pixels are cut into other rows.
"""

from torch import Tensor


def hwc_to_chw(x: Tensor) -> Tensor:
    *b, h, w, c = x.shape
    return x.reshape(*b, c, h, w).contiguous()


def chw_to_hwc(x: Tensor) -> Tensor:
    *b, c, h, w = x.shape
    return x.reshape(*b, h, w, c).contiguous()
