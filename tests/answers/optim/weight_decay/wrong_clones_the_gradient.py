"""p.grad is another tensor than before"""

import torch


def sgd_l2_step(params, lr, wd):
    decoupled_step(params, lr, wd)


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.grad = p.grad.clone()
                d = p.grad if direction is None else direction(p.grad)
                p -= lr * d + lr * wd * p
