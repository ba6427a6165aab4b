"""You must implement either the backward or vjp method"""

import torch


class SoftClip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, limit):
        return limit * torch.tanh(x / limit)
