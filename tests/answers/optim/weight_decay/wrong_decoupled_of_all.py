"""decoupled_step makes its direction of the gradient alone"""

import torch


def sgd_l2_step(params, lr, wd):
    decoupled_step(params, lr, wd)


def decoupled_step(params, lr, wd, direction=None):
    params = [p for p in params if p.grad is not None]
    with torch.no_grad():
        for p in params:
            d = p.grad if direction is None else direction(p.grad.sign())
            p -= lr * d + lr * wd * p
