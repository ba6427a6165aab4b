"""leaves its graph, and zeros are in its memory too."""

import torch


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is None:
            continue
        if set_to_none:
            p.grad = None
        elif p.grad.requires_grad:
            p.grad = torch.zeros_like(p)
        else:
            p.grad.zero_()
