"""it must not require grad; yours does"""

import torch


def grads_per_step(losses, w):
    return [
        torch.autograd.grad(loss(w) + 0 * (w * w).sum(), w, create_graph=True)[0] for loss in losses
    ]
