"""A Function made in each call, which knows s."""

import torch


def scale_grad(x, s):
    class _Scale(torch.autograd.Function):
        @staticmethod
        def forward(x):
            return x.clone()

        @staticmethod
        def setup_context(ctx, inputs, output):
            pass

        @staticmethod
        def backward(ctx, g):
            return s * g

    return _Scale.apply(x)
