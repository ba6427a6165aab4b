"""the call gives params[0] another shape, other strides or other memory"""

import torch


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.data = p.data - lr * p.grad
            with torch.no_grad():
                p.mul_(1)
