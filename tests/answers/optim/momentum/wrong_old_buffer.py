"""The first step follows the whole gradient"""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = list(params)
        self.lr, self.momentum, self.dampening, self.nesterov = lr, momentum, dampening, nesterov
        self.v = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, v in zip(self.params, self.v):
            if p.grad is not None:
                p -= self.lr * v
                v.mul_(self.momentum).add_(p.grad, alpha=1 - self.dampening)
