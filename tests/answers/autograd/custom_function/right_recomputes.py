"""Another class does the work; backward computes forward again and asks autograd."""

import torch


def clip(x, limit):
    return limit * torch.tanh(x / limit)


class Recomputed(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, limit):
        ctx.save_for_backward(x)
        ctx.limit = limit
        return clip(x, limit)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        again = torch.is_grad_enabled()
        with torch.enable_grad():
            z = x.view_as(x) if again else x.detach().requires_grad_()
            y = clip(z, ctx.limit)
            (grad,) = torch.autograd.grad(y, z, grad_output, create_graph=again)
        return grad, None


class SoftClip(Recomputed):
    pass
