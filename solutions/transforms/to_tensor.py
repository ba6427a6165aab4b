"""From a picture as an array to a tensor.

Cameras, files and numpy keep a picture's colours together: (height, width,
channels), HWC. torch's convolutions want a plane for each channel: CHW. And
bytes from 0 to 255 are no good numbers to train with.

    a  (2, 2, 3) uint8                  result  (3, 2, 2) float32
    [[[255, 0, 0], [255, 0, 0]],        red    [[1, 1], [0, 0]]
     [[  0, 0, 0], [  0, 0, 51]]]       green  [[0, 0], [0, 0]]
                                        blue   [[0, 0], [0, 0.2]]

Notes say that ToTensor scales to [0, 1]. It does so for uint8 only, because only
there is it known that 255 means full. Any other dtype comes through with its
values and its dtype: floats may be scaled already, and integers of a depth map or
a mask of classes mean what they say.

Write `to_tensor`.

- Channels move to the front. Pixel (i, j) stays at (i, j): reshape would deal
  the numbers anew, and height and width keep their order.
- A picture without channels, (height, width), is grey: it gets one, in front.
- The result is contiguous and has memory of its own: writing to one of the two
  does not change the other.
- Any array will do: a view with negative strides (a picture mirrored by
  a[:, ::-1]), one that is read-only, one with a side of 0.

All of torch and numpy is allowed.
"""

import numpy as np
import torch
from torch import Tensor


def to_tensor(a: np.ndarray) -> Tensor:
    """Convert a picture to a tensor with the channels in front.

    Args:
        a: shape (height, width) or (height, width, channels); uint8, bool, int16,
            int32, int64, float32 or float64. It is left as it was.

    Returns:
        A tensor on the CPU of shape (1, height, width) or (channels, height,
        width): float32, divided by 255, where `a` is uint8; else the values and
        dtype of `a`.

    Raises:
        ValueError: `a` has another number of dimensions.

    >>> to_tensor(np.array([[0, 51], [102, 255]], dtype=np.uint8))
    tensor([[[0.0000, 0.2000],
             [0.4000, 1.0000]]])
    >>> to_tensor(np.array([[0, 51], [102, 255]]))
    tensor([[[  0,  51],
             [102, 255]]])
    >>> to_tensor(np.zeros((4, 5, 3))).shape
    torch.Size([3, 4, 5])
    """
    if a.ndim not in (2, 3):
        raise ValueError(f"a picture has 2 or 3 dimensions, and a has shape {a.shape}")
    planes = a[None] if a.ndim == 2 else a.transpose(2, 0, 1)
    tensor = torch.from_numpy(np.array(planes, order="C"))
    return tensor.to(torch.float32) / 255 if tensor.dtype is torch.uint8 else tensor


HINTS = (
    "Three things differ from case to case: whether there are channels, whether the dtype is "
    "uint8, and whether the array can be used as it lies. Take them one at a time.",
    "numpy's transpose and torch's permute take the whole order of dimensions. Which of (0, 1, 2) "
    "comes first in CHW, and in which order do the other two follow?",
    "torch.from_numpy shares memory and refuses negative strides. np.array copies whatever it is "
    "given, and with order='C' the copy is contiguous.",
)

TAKE_ALONG = (
    "Pictures come as HWC and go in as CHW: permute, never reshape. Only uint8 is divided by 255; "
    "for any other dtype you must know yourself what its values mean."
)

APPROACH = (
    "It permutes the array, which costs nothing, and copies once, straight into the order that is "
    "wanted."
)
