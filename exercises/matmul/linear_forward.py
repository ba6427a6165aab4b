"""The forward pass of a linear layer.

A linear layer has a row of weights for each of its outputs: an output is the dot product of its
row with the input, plus its bias. torch stores the weight as (outputs, inputs):

    x (3 inputs)      weight (2 outputs, 3 inputs)      bias       result
    1  2  3           1  0  0                           10         1 + 10 = 11
                      1  1  1                           20         6 + 20 = 26

Write `linear`. What must hold:

- x can have any number of dimensions before the inputs: none, a batch, a batch of sequences. The
  same layer is applied to each vector of inputs.
- Without a bias, nothing is added.
- Any side can be 0. With no inputs, the result is the bias, or 0 without one.
- x, weight and bias each get their gradient.

Not allowed: `F.linear` and `nn.Linear`, which calls it. The rest of torch is, `@` too.
"""

import torch
from torch import Tensor


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Apply a linear layer.

    Args:
        x: float32 or float64, shape (..., inputs).
        weight: shape (outputs, inputs), the dtype and device of x.
        bias: shape (outputs,), the dtype and device of x; or None.

    Returns:
        A tensor of shape (..., outputs) with the dtype and on the device of `x`. It is part of the
        autograd graph where an argument requires grad. The arguments are left as they were.

    >>> weight = torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    >>> linear(torch.tensor([1.0, 2.0, 3.0]), weight, torch.tensor([10.0, 20.0]))
    tensor([11., 26.])
    >>> linear(torch.ones(5, 4, 3), weight).shape
    torch.Size([5, 4, 2])
    """
    raise NotImplementedError
