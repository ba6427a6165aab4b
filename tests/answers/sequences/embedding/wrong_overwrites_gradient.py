"""The gradients of all places that took a row are added up in it."""

import torch
from torch import nn


class Lookup(torch.autograd.Function):
    @staticmethod
    def forward(ctx, weight, ids, padding):
        ctx.save_for_backward(ids)
        ctx.shape, ctx.padding = weight.shape, padding
        return weight[ids]

    @staticmethod
    def backward(ctx, grad):
        (ids,) = ctx.saved_tensors
        result = grad.new_zeros(ctx.shape)
        result[ids] = grad
        if ctx.padding is not None:
            result[ctx.padding] = 0
        return result, None, None


class Embed(nn.Module):
    def __init__(self, n, dim, padding_idx=None):
        super().__init__()
        if padding_idx is not None and padding_idx not in range(-n, n):
            raise ValueError(padding_idx)
        self.padding = padding_idx
        weight = torch.randn(n, dim)
        if padding_idx is not None:
            weight[padding_idx] = 0.0
        self.weight = nn.Parameter(weight)

    def forward(self, ids):
        return Lookup.apply(self.weight, ids, self.padding)
