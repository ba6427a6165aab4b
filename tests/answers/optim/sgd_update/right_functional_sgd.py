"""torch.optim.sgd's function."""

import torch
from torch.optim.sgd import sgd


@torch.no_grad()
def sgd_step(params, lr):
    ps = [p for p in params if p.grad is not None]
    sgd(
        ps,
        [p.grad for p in ps],
        [None] * len(ps),
        weight_decay=0,
        momentum=0,
        lr=lr,
        dampening=0,
        nesterov=False,
        maximize=False,
    )
