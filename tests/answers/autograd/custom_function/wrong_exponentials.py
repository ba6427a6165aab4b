"""wrong values"""

import torch


class SoftClip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, limit):
        a, b = torch.exp(x / limit), torch.exp(-x / limit)
        y = limit * (a - b) / (a + b)
        ctx.save_for_backward(y)
        ctx.limit = limit
        return y

    @staticmethod
    def backward(ctx, grad_output):
        (y,) = ctx.saved_tensors
        return grad_output * (1 - (y / ctx.limit) ** 2), None
