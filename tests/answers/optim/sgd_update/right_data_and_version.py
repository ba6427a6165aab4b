"""Hidden by .data, and made known again by increment_version."""

import torch


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.data.sub_(lr * p.grad)
            torch.autograd.graph.increment_version(p)
