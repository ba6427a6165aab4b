"""An autograd Function that hands the gradient on; the target from a detached q_next."""

import torch


class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output


def round_st(x):
    return Round.apply(x)


def td_loss(q, r, q_next, gamma):
    error = q - r - gamma * q_next.detach()
    return error.pow(2).sum() / error.numel()
