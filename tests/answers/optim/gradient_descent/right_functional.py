"""torch.autograd.functional.vjp with the weight 1."""

from torch.autograd.functional import vjp


def minimize(f, x0, lr, steps):
    x = x0.clone().detach()
    for _ in range(steps):
        x.sub_(lr * vjp(f, x)[1])
    return x
