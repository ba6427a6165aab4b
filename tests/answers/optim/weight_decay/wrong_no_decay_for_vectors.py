"""wrong values"""

import torch


def sgd_l2_step(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * (p.grad + (wd * p if p.dim() > 1 else 0))


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                d = p.grad if direction is None else direction(p.grad)
                p -= lr * d + lr * wd * p
