"""Each parameter becomes p - lr * p.grad, in place, and keeps its gradient."""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.copy_(p.float() - lr * p.grad.float())
