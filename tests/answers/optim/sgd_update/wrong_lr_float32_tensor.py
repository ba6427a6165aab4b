"""Each parameter becomes p - lr * p.grad, in place, and keeps its gradient."""

import torch


def sgd_step(params, lr):
    rate = torch.tensor(lr)
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= rate * p.grad
