"""No parameter was written to"""

import torch


def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.sub(p.grad, alpha=lr)
