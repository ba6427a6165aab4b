"""w was written to."""

import torch


def grads_per_step(losses, w):
    grads = []
    for loss in losses:
        grad = torch.autograd.grad(loss(w), w)[0]
        grads.append(grad)
        with torch.no_grad():
            w -= 0.5 * grad
    return grads
