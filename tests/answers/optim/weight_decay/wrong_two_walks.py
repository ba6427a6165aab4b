"""params can be any iterable"""

import torch


def sgd_l2_step(params, lr, wd):
    decoupled_step(params, lr, wd)


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        old = [p.clone() for p in params]
        for p, o in zip(params, old):
            if p.grad is not None:
                d = p.grad if direction is None else direction(p.grad)
                p -= lr * d + lr * wd * o
