"""Lists of tensors and torch._foreach functions; one helper for both."""

import torch


def _step(params, moves, lr, wd):
    if params:
        with torch.no_grad():
            torch._foreach_mul_(params, 1 - lr * wd)
            torch._foreach_add_(params, moves, alpha=-lr)


def sgd_l2_step(params, lr, wd):
    params = [p for p in params if p.grad is not None]
    _step(params, [p.grad for p in params], lr, wd)


def decoupled_step(params, lr, wd, direction=None):
    params = [p for p in params if p.grad is not None]
    _step(params, [p.grad if direction is None else direction(p.grad) for p in params], lr, wd)
