"""torch.optim.sgd's function, for those that have a gradient."""

import torch
from torch.optim.sgd import sgd


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = dict(enumerate(params))
        self.buffers = {}
        self.lr = lr
        self.rest = dict(momentum=momentum, dampening=dampening, nesterov=nesterov)

    def step(self):
        some = [i for i, p in self.params.items() if p.grad is not None]
        if not some:
            return
        buffers = [self.buffers.get(i) for i in some]
        with torch.no_grad():
            sgd(
                [self.params[i] for i in some],
                [self.params[i].grad for i in some],
                buffers,
                weight_decay=0,
                lr=self.lr,
                foreach=False,
                maximize=False,
                **self.rest,
            )
        self.buffers.update(zip(some, buffers))
