"""params[0] was written to; the call must leave it alone"""

import torch


def zero_grads(params, set_to_none=True):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.grad = None if set_to_none else p.grad.detach().zero_()
                p.zero_()
