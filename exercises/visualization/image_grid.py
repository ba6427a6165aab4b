"""Put images side by side, and write a picture file.

A batch is judged by eye when its images stand in a grid, with some space round each:

    7 images, nrow = 4               · is padding

    · · · · · · · · ·                nrow is how many images a row has; there are as
    · 0 · 1 · 2 · 3 ·                many rows as it takes. They are filled one after
    · · · · · · · · ·                the other; what is left of the last row is padding.
    · 4 · 5 · 6 · · ·                The border is as wide as the space between images.
    · · · · · · · · ·

With images of height H and width W, c columns and r rows the grid has height
r · (H + padding) + padding and width c · (W + padding) + padding. Where there are
fewer images than nrow, there are only as many columns as images.

A PPM file is the simplest picture file. A line "P6", the width, the height and 255 in
plain text, with white space between them and one line break after, then three bytes
for each pixel, red, green and blue, row by row from the top:

    P6
    2 1
    255
    ff 00 00 00 00 80            as bytes: a red pixel, and a dark blue one

Write `make_grid` and `save_ppm`. What must hold:

- make_grid makes three equal channels of a grey image's single one. A batch of one
  image is given back without any padding.
- What make_grid gives has memory of its own, for one image too, and each channel apart:
  to draw on one changes no other.
- save_ppm multiplies floats by 255 and rounds to the nearest whole number, a half
  either way. What is below 0 is written as 0, what is above 255 as 255: a byte can't
  hold 256, and what is cut off to fit shows as a wrong colour. uint8 tensors hold
  bytes already.
- save_ppm writes a file anew where there is one, longer or not.

All of torch, numpy and Python's own library is allowed; torchvision and Pillow are not
there.
"""

from pathlib import Path

import torch
from torch import Tensor


def make_grid(x: Tensor, nrow: int = 8, padding: int = 2, pad_value: float = 0.0) -> Tensor:
    """Put the images of a batch into a grid.

    Args:
        x: float32, float64 or uint8, shape (N, C, H, W), no side 0, C is 1 or 3. It does
            not require grad.
        nrow: how many images a row has, at least 1.
        padding: how many pixels lie between images and round the grid, at least 0.
        pad_value: their value, one that x's dtype holds.

    Returns:
        A tensor of shape (3, height, width), of the dtype and on the device of x. x is
        left as it was.

    >>> x = torch.arange(1, 4).view(3, 1, 1, 1).to(torch.uint8)
    >>> make_grid(x, nrow=2, padding=1)[0]
    tensor([[0, 0, 0, 0, 0],
            [0, 1, 0, 2, 0],
            [0, 0, 0, 0, 0],
            [0, 3, 0, 0, 0],
            [0, 0, 0, 0, 0]], dtype=torch.uint8)
    >>> make_grid(x[:1]).shape
    torch.Size([3, 1, 1])
    """
    raise NotImplementedError


def save_ppm(path: str | Path, x: Tensor) -> None:
    """Write an image to a PPM file.

    Args:
        path: where to write; its folder is there.
        x: shape (3, H, W), no side 0, on any device: float32 or float64, where 0 is
            dark and 1 is light, without NaN, or uint8. It may require grad.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_ppm(f"{folder}/pixel.ppm", torch.tensor([1.5, 0.25, -1.0]).view(3, 1, 1))
    ...     Path(folder, "pixel.ppm").read_bytes()
    b'P6\\n1 1\\n255\\n\\xff@\\x00'
    """
    raise NotImplementedError
