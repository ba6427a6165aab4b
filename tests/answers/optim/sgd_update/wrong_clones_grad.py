"""p.grad is another tensor than before"""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.grad = p.grad.clone()
                p -= lr * p.grad
