"""Another tensor in .grad for the step, and the old one put back; lerp for the decay."""

import torch


def sgd_l2_step(params, lr, wd):
    for p in params:
        old = p.grad
        if old is None:
            continue
        p.grad = old + wd * p.detach()
        torch.optim.SGD([p], lr=lr).step()
        p.grad = old


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                move = direction(p.grad) if direction else p.grad
                p.lerp_(torch.zeros_like(p), lr * wd)
                p.add_(move, alpha=-lr)
