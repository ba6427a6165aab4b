"""raises AssertionError"""

import torch


def sgd_step(params, lr):
    params = [p for p in params if p.grad is not None]
    assert len({p.dtype for p in params}) <= 1
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad
