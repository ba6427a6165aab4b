"""torch's SGD for L2; the decay beside a copy of the values."""

import torch


def sgd_l2_step(params, lr, wd):
    params = list(params)
    if params:
        torch.optim.SGD(params, lr=lr, weight_decay=wd).step()


@torch.no_grad()
def decoupled_step(params, lr, wd, direction=lambda g: g):
    direction = direction or (lambda g: g)
    for p in params:
        if p.grad is None:
            continue
        before = p.clone()
        p -= lr * direction(p.grad.clone())
        p.sub_(before, alpha=lr * wd)
