"""The second derivative is right: under create_graph=True, backward is recorded.

once_differentiable: a second backward raises.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable


class SoftClip(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, limit: float) -> Tensor:
        y = limit * torch.tanh(x / limit)
        ctx.save_for_backward(y)
        ctx.limit = limit
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad_output: Tensor) -> tuple[Tensor, None]:
        (y,) = ctx.saved_tensors
        return grad_output * (1 - (y / ctx.limit) ** 2), None
