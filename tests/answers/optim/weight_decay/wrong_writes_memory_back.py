"""the call gives params[0] another shape, other strides or other memory"""

import torch


def sgd_l2_step(params, lr, wd):
    for p in params:
        if p.grad is not None:
            p.data = p.data - lr * (p.grad + wd * p.data)
            with torch.no_grad():
                p.mul_(1)


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                d = p.grad if direction is None else direction(p.grad)
                p -= lr * d + lr * wd * p
