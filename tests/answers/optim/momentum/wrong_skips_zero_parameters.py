"""The first step follows the whole gradient, without dampening, and writes in place."""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = list(params)
        self.lr, self.momentum, self.dampening, self.nesterov = lr, momentum, dampening, nesterov
        self.v = {}

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            if not p.any():
                continue
            v = p.grad.clone()
            if p in self.v:
                v = self.momentum * self.v[p] + (1 - self.dampening) * p.grad
            self.v[p] = v
            p -= self.lr * (p.grad + self.momentum * v if self.nesterov else v)
