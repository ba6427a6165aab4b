"""wrong values"""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None and p.grad.norm() > 0:
                p -= lr * p.grad / p.grad.norm()
