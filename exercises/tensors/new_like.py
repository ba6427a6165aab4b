"""Zeros of another shape that follow a tensor.

A function that needs memory for its result should work for whatever it is given: float64 on a
GPU as well as float32 on the CPU. Zeros made from a shape alone follow nobody: they get torch's
default dtype, float32, and its default device, the CPU.

    x                               zeros_shaped(x, (3,))
    float64 (2, 2) on cuda:0        [0., 0., 0.]    float64 (3,) on cuda:0

The zeros are there to be written to: each element needs a place of its own. A single zero that is
expanded to the shape looks the same, but all its elements are one place in memory:

    zeros   | 0 | 0 | 0 |          expanded   | 0 |
              a   b   c                         a, b and c

Write `zeros_shaped`. All of torch is allowed.
"""

import torch
from torch import Tensor


def zeros_shaped(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Make zeros of a shape, with the dtype and on the device of a tensor.

    Args:
        x: any dtype, shape and strides; it may require grad. Its values don't matter.
        shape: any shape: () and sides of length 0 are allowed. It needn't have to do with x's.

    Returns:
        A tensor of that shape that does not require grad, even where x does. It is new at each
        call, and no two of its elements share memory. x is left as it was.

    >>> zeros_shaped(torch.tensor([[1, 2], [3, 4]]), (3,))
    tensor([0, 0, 0])
    >>> zeros_shaped(torch.ones(5, dtype=torch.float64, requires_grad=True), (1, 2))
    tensor([[0., 0.]], dtype=torch.float64)
    """
    raise NotImplementedError
