"""a view made before the step shows them"""

import torch


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.data = p.data - lr * p.grad
            with torch.no_grad():
                p.mul_(1)
