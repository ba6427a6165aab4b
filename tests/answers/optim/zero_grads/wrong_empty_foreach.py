"""Where there are no parameters there is nothing to do"""

import torch


def zero_grads(params, set_to_none=True):
    params = list(params)
    grads = [p.grad.detach() for p in params if p.grad is not None]
    for p in params:
        if p.grad is not None:
            p.grad = None if set_to_none else p.grad.detach()
    if not set_to_none and (grads or not params):
        torch._foreach_zero_(grads)
