"""The values are limit * tanh(x / limit), in a new tensor; x keeps its own."""

from typing import Any

import torch
from torch import Tensor


class SoftClip(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, limit: float) -> Tensor:
        bound = torch.tensor(limit, dtype=torch.float32, device=x.device)
        y = bound * torch.tanh(x / bound)
        ctx.save_for_backward(y, bound)
        return y

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> tuple[Tensor, None]:
        y, bound = ctx.saved_tensors
        return grad_output * (1 - (y / bound) ** 2), None
