"""All gradients at once by torch._foreach_zero_, detached first."""

import torch


def zero_grads(params, set_to_none=True):
    with_grad = [p for p in params if p.grad is not None]
    for p in with_grad:
        p.grad = None if set_to_none else p.grad.detach()
    if with_grad and not set_to_none:
        torch._foreach_zero_([p.grad for p in with_grad])
