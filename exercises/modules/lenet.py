"""LeNet, the network that every course begins with.

Two convolutions look for small patterns, pooling makes the pictures smaller, and three linear
layers judge what was found. The sizes follow from each other:

    images           (N,  1, 32, 32)
    conv1, 5 × 5     (N,  6, 28, 28)     relu
    max pool 2 × 2   (N,  6, 14, 14)
    conv2, 5 × 5     (N, 16, 10, 10)     relu
    max pool 2 × 2   (N, 16,  5,  5)
    flat             (N, 400)            16 · 5 · 5, and the batch stays
    fc1              (N, 120)            relu
    fc2              (N, 84)             relu
    fc3              (N, 10)             the scores: no relu, no softmax

Write `num_flat_features`, which tells how long each sample is once it lies flat: the product of all
sides but the first, which is the batch. Then write the class `LeNet`, an `nn.Module`.

- Its layers are nn.Conv2d's and nn.Linear's with bias, in the attributes conv1, conv2, fc1, fc2 and
  fc3. Stride is 1, and there is no padding. The state dict holds their ten parameters and nothing
  else.
- A batch may hold one image, or none: the result has N rows, always.

All of torch is allowed, and LeNet need not use num_flat_features.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def num_flat_features(x: Tensor) -> int:
    """How many numbers each sample of a batch holds.

    Args:
        x: shape (N, ...), at least one dimension; any side may be 0, N too.

    Returns:
        An int: 1 for x of shape (N,).

    >>> num_flat_features(torch.ones(7, 16, 5, 5))
    400
    """
    raise NotImplementedError


class LeNet(nn.Module):
    """Two convolutions and three linear layers, for images of 32 × 32.

    >>> model = LeNet()
    >>> model(torch.ones(7, 1, 32, 32)).shape
    torch.Size([7, 10])
    >>> sum(param.numel() for param in model.parameters())
    61706
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """Score images.

        Args:
            x: shape (N, 1, 32, 32), the dtype and device of the parameters. N may be 0.

        Returns:
            A tensor of shape (N, 10), part of the autograd graph. x is left as it was.
        """
        raise NotImplementedError
