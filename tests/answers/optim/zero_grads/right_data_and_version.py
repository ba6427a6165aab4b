"""Hidden by .data, made known by increment_version."""

import torch


def zero_grads(params, set_to_none=True):
    for p in params:
        if p.grad is not None:
            if set_to_none:
                p.grad = None
            else:
                g = p.grad
                g.data.zero_()
                torch.autograd.graph.increment_version(g)
                p.grad = g.detach()
