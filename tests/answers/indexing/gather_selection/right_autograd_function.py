"""An autograd Function with a scatter for its backward."""

import torch


class Pick(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, index):
        ctx.save_for_backward(index)
        ctx.shape = x.shape
        return torch.gather(x, -1, index.unsqueeze(-1)).squeeze(-1)

    @staticmethod
    def backward(ctx, g):
        (index,) = ctx.saved_tensors
        out = torch.zeros(ctx.shape, dtype=g.dtype, device=g.device)
        return out.scatter_(-1, index.unsqueeze(-1), g.unsqueeze(-1)), None


def select(x, index):
    return Pick.apply(x, index)
