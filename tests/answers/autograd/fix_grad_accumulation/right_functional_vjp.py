"""torch.autograd.functional.vjp with the cotangent 1."""

from torch.autograd.functional import vjp


def grads_per_step(losses, w):
    return [vjp(loss, w.detach())[1] for loss in losses]
