"""Normalize a picture, channel by channel.

A network learns faster where its inputs lie around 0 and vary by about 1. So one
subtracts from each channel a mean and divides by a standard deviation, which were
computed once, for all pictures of the training set:

    x (2, 2, 2)         mean, std        (x - mean) / std
    [[ 1,  3],          2, 1             [[-1,  1],
     [ 1,  3]]                            [-1,  1]]
    [[10, 30],          20, 10           [[-1,  1],
     [10, 30]]                            [-1,  1]]

There is one number for each channel, and the channels are dimension -3. A tensor
of shape (channels,) broadcasts along the *last* dimension, which is the width: an
error for most pictures, and a wrong result without one where the width happens to
equal the number of channels.

Write the class `Normalize`, and its method `inverse`, which brings a picture back
to what it was, so that one can look at it.

- Any number of dimensions may stand before the channels: a batch, a video.
- x keeps its dtype: the numbers are used with all its digits, in float64 too, and
  on its device. One object does for pictures of any dtype and on any device, one
  after the other.
- The result has memory of its own, x is left alone, and the gradient reaches x.
- The lists of numbers may be changed afterwards: that changes nothing. The object
  can be pickled.

All of torch is allowed.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


class Normalize:
    """A picture with a mean of 0 and a standard deviation of 1 in each channel.

    Args:
        mean: a number for each channel, at least one.
        std: a number above 0 for each channel.

    Raises:
        ValueError: `mean` and `std` have different lengths, or a `std` is 0 or
            less.

    >>> normalize = Normalize([2.0, 20.0], [1.0, 10.0])
    >>> x = torch.tensor([[[1.0, 3.0]], [[10.0, 30.0]]])
    >>> normalize(x)
    tensor([[[-1.,  1.]],
    <BLANKLINE>
            [[-1.,  1.]]])
    >>> normalize.inverse(normalize(x)).equal(x)
    True
    """

    def __init__(self, mean: Sequence[float], std: Sequence[float]) -> None:
        if len(mean) != len(std):
            raise ValueError(f"{len(mean)} means and {len(std)} standard deviations are given")
        if not all(each > 0 for each in std):
            raise ValueError(f"a standard deviation must be above 0: {list(std)}")
        self.mean, self.std = tuple(mean), tuple(std)

    def __call__(self, x: Tensor) -> Tensor:
        """Subtract the mean of each channel, and divide by its standard deviation.

        Args:
            x: float32 or float64, shape (..., channels, height, width), with as
                many channels as there are means. Any side may be 0 but that of
                the channels.

        Returns:
            A tensor like x, part of the graph where x requires grad.

        Raises:
            ValueError: x has another number of channels, or fewer than 3
                dimensions.
        """
        mean, std = self._for(x)
        return (x - mean) / std

    def inverse(self, x: Tensor) -> Tensor:
        """Undo it: multiply by the standard deviation and add the mean.

        Args:
            x: as for a call.

        Returns:
            A tensor like x, part of the graph where x requires grad.

        Raises:
            ValueError: as for a call.
        """
        mean, std = self._for(x)
        return x * std + mean

    def _for(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and std, to be broadcast over the pictures of x."""
        if x.dim() < 3 or x.shape[-3] != len(self.mean):
            raise ValueError(f"{len(self.mean)} channels are due, and x has shape {tuple(x.shape)}")
        mean, std = (x.new_tensor(each).view(-1, 1, 1) for each in (self.mean, self.std))
        return mean, std


HINTS = (
    "Shapes are aligned from the right when they broadcast. Which shape must the means have, so "
    "that they meet dimension -3 and are stretched over height and width?",
    "If a tensor of the numbers is made in __init__, it has a dtype and a device of its own before "
    "any picture is there. Keep the numbers, and make it when x has come.",
    "The inverse undoes the last step first: the division, and then the subtraction.",
    "A picture of one channel broadcasts against three means without an error: look at x.shape[-3] "
    "before you compute.",
)

TAKE_ALONG = (
    "Numbers for each channel need the shape (channels, 1, 1). Keep statistics as numbers or in "
    "float64, and give them the dtype and device of what they are used on."
)

APPROACH = (
    "It keeps tuples, which nobody can change, and makes tensors of x's dtype and device from them "
    "at each call."
)
