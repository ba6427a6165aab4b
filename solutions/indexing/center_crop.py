"""Crop the middle of images.

Evaluation often looks at the middle of an image only. The crop is h rows high and w columns wide,
and has the same margin on both sides. Where the margins can't be the same, the first one, on the
top or on the left, is the shorter by one:

    x (4 rows, 5 columns)      h = 2, w = 2
    .  .  .  .  .              2 rows to drop:     1 at the top, 1 at the bottom
    .  6  7  .  .              3 columns to drop:  1 on the left, 2 on the right
    . 11 12  .  .
    .  .  .  .  .

Notes and libraries that compute the first margin with round() don't agree: round(0.5) is 0, but
round(1.5) is 2.

Write `center_crop`. What must hold:

- The images are the last two dimensions, height before width. There can be any number of
  dimensions before them, also none. Sides can have length 0.
- h and w can be the height and the width of x, less, or 0.
- The result is a view: it shares the memory of x, always. Nothing is copied. Where nothing is cut
  off, x itself will do.
- Where h is larger than the height of x, or w than its width, raise ValueError.
"""

import torch
from torch import Tensor


def center_crop(x: Tensor, h: int, w: int) -> Tensor:
    """Cut h rows and w columns from the middle of each image.

    Args:
        x: any dtype, shape (..., H, W).
        h: the height of the crop, 0 to H.
        w: the width of the crop, 0 to W.

    Returns:
        A view of x with the shape (..., h, w). It is part of the autograd graph where x requires
        grad. `x` is left as it was.

    Raises:
        ValueError: h is larger than H, or w than W.

    >>> x = torch.arange(20).view(4, 5)
    >>> center_crop(x, 2, 2)
    tensor([[ 6,  7],
            [11, 12]])
    >>> center_crop(x, 4, 1)
    tensor([[ 2],
            [ 7],
            [12],
            [17]])
    """
    height, width = x.shape[-2:]
    if h > height or w > width:
        raise ValueError(f"a crop of {h} x {w} does not fit into {height} x {width}")
    top, left = (height - h) // 2, (width - w) // 2
    return x[..., top : top + h, left : left + w]


HINTS = (
    "How many rows are to be dropped altogether, and how many of them at the top? // rounds down.",
    "An ellipsis stands for all dimensions that are not named: x[..., rows, columns] indexes the "
    "last two of any number.",
    "A basic slice is a view. Say where it ends from where it starts: start + length, which is "
    "right for odd margins and for no margin too.",
    "A slice that reaches beyond the end is cut off without a word, so compare h and w with the "
    "sides of x before.",
)

TAKE_ALONG = (
    "x[..., a:b, c:d] is a view of the last two dimensions. Slices never raise: one that does not "
    "fit is cut off, so check sizes yourself."
)

APPROACH = (
    "It gives each slice its start and its start plus the length. An end counted from behind, as "
    "in x[margin:-margin], is empty where the margin is 0."
)
