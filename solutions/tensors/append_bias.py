"""A column of ones, appended by cat.

A linear layer computes x @ weight + bias. With a 1 behind each row of x the bias is one more row of
the weight, and the addition is part of the product. `torch.cat` joins tensors along a dimension
that exists; in all others their sides must be equal.

    x  (2, 3)          ones (2, 1)      result (2, 4)
    1  2  3            1                1  2  3  1
    4  5  6            1                4  5  6  1

What is joined to x must fit it: cat takes the wider of two dtypes, so that ones of float32 make
float32 of a float16 x, and it refuses tensors of two devices.

Write `append_bias`. All of torch is allowed.
"""

import torch
from torch import Tensor


def append_bias(x: Tensor) -> Tensor:
    """Append a 1 to each row of x.

    Args:
        x: any float or integer dtype, shape (..., d): at least one dimension, of which each can be
            of length 0. A row is what lies along the last one.

    Returns:
        A tensor of shape (..., d + 1) with the dtype and on the device of x: the rows of x, and
        behind each a 1. It is new, and x is left as it was. Where x requires grad, the result is
        part of the autograd graph: the gradient of the rows reaches x, that of the ones ends.

    >>> append_bias(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    tensor([[1, 2, 3, 1],
            [4, 5, 6, 1]])
    >>> append_bias(torch.tensor([0.5, 2.5]))
    tensor([0.5000, 2.5000, 1.0000])
    """
    ones = x.new_ones((*x.shape[:-1], 1))
    return torch.cat([x, ones], dim=-1)


HINTS = (
    "Which shape must the ones have, so that they fit beside x in all dimensions but the last?",
    "x.shape without its last side is x.shape[:-1]. The ones have one side more, of length 1.",
    "The ones must have x's dtype and device: a method of x that begins with new_ sees to it.",
    "The dimension to join along is the last one, however many there are. Count it from the end.",
)

TAKE_ALONG = (
    "cat joins along a dimension that exists and promotes dtypes without a word. "
    "Make what you join with x.new_ones or ones_like, and count dimensions from the end."
)
