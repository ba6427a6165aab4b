"""All parameters at once by torch._foreach_sub_."""

import torch


def sgd_step(params, lr):
    with_grad = [p for p in params if p.grad is not None]
    if with_grad:
        with torch.no_grad():
            torch._foreach_sub_(with_grad, [p.grad for p in with_grad], alpha=lr)
