"""Zeros by an index, or by copy_ from a number; del takes the attribute's tensor away."""

import torch


@torch.no_grad()
def zero_grads(params, set_to_none=True):
    for p in params:
        g = p.grad
        if g is None:
            continue
        del p.grad
        if not set_to_none:
            g = g.detach()
            g[...] = 0
            p.grad = g
