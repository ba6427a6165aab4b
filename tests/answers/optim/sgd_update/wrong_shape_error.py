"""doesn't match the broadcast shape"""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * torch.zeros(7, 5, 3)
