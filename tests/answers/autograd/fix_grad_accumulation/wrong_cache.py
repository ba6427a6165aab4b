"""Writing to one gradient changes no other"""

import torch


def grads_per_step(losses, w):
    seen = {}
    for loss in losses:
        if loss not in seen:
            seen[loss] = torch.autograd.grad(loss(w), w)[0]
    return [seen[loss] for loss in losses]
