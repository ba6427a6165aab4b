"""An autograd Function of its own."""

import torch


class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, s):
        ctx.s = s
        return x.view_as(x)

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.s, None


def scale_grad(x, s):
    return Scale.apply(x, s)
