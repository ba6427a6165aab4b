"""p._version is not higher than before: the write was hidden"""

import torch


def sgd_l2_step(params, lr, wd):
    for p in params:
        if p.grad is not None:
            p.data = p.data - lr * (p.grad + wd * p.data)


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                d = p.grad if direction is None else direction(p.grad)
                p -= lr * d + lr * wd * p
