"""The penalty's gradient by autograd; the values are copied in."""

import torch


def sgd_l2_step(params, lr, wd):
    for p in params:
        if p.grad is None:
            continue
        with torch.enable_grad():
            penalty = wd / 2 * (p**2).sum()
        (slope,) = torch.autograd.grad(penalty, p)
        p.detach().sub_(lr * (p.grad + slope))


def decoupled_step(params, lr, wd, direction=None):
    def same(gradient):
        return gradient

    for p in params:
        if p.grad is not None:
            shrunk = p.detach() - lr * wd * p.detach()
            with torch.no_grad():
                p.copy_(shrunk - lr * (direction or same)(p.grad))
