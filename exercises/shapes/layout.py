"""Image layouts: channels last and channels first.

Image files and arrays keep the channels of a pixel together: height, width, channels. torch's
layers want one plane for each channel: channels, height, width.

    HWC, shape (1, 2, 3)            CHW, shape (3, 1, 2)

    [[[r0 g0 b0]  [r1 g1 b1]]]      [[[r0 r1]]      red
                                     [[g0 g1]]      green
                                     [[b0 b1]]]     blue
    in memory                       in memory
    r0 g0 b0 r1 g1 b1               r0 r1 g0 g1 b0 b1

Write both ways. `x.reshape(3, 1, 2)` has the right shape and the wrong pixels: reshape keeps the
order in memory, and cuts it into other rows. Here the dimensions must change places.

- A pixel keeps its row and its column. Only the position of its channels among the dimensions
  changes.
- Any number of dimensions can stand before the three, none included: a batch, a video, a batch of
  videos. They stay as they are, in front.
- The result is contiguous: its memory holds the elements in the order of the new shape, as the
  picture shows. It may share memory with x where x's memory has that order already.
- `chw_to_hwc(hwc_to_chw(x))` has the values of x again, and so has the other way round.
"""

import torch
from torch import Tensor


def hwc_to_chw(x: Tensor) -> Tensor:
    """Put the channels first.

    Args:
        x: any dtype, shape (..., H, W, C), zero-size included, in any layout.

    Returns:
        A contiguous tensor of shape (..., C, H, W) with the dtype and on the device of x.

    >>> pixels = torch.tensor([[[10, 11, 12], [20, 21, 22]]])
    >>> hwc_to_chw(pixels)
    tensor([[[10, 20]],
    <BLANKLINE>
            [[11, 21]],
    <BLANKLINE>
            [[12, 22]]])
    >>> hwc_to_chw(torch.zeros(8, 32, 64, 3)).shape
    torch.Size([8, 3, 32, 64])
    """
    raise NotImplementedError


def chw_to_hwc(x: Tensor) -> Tensor:
    """Put the channels last.

    Args:
        x: any dtype, shape (..., C, H, W), zero-size included, in any layout.

    Returns:
        A contiguous tensor of shape (..., H, W, C) with the dtype and on the device of x.

    >>> chw_to_hwc(torch.zeros(3, 32, 64)).shape
    torch.Size([32, 64, 3])
    """
    raise NotImplementedError
