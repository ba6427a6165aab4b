"""p.grad is another tensor than before"""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = list(params)
        self.lr, self.momentum, self.dampening, self.nesterov = lr, momentum, dampening, nesterov
        self.v = {}

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            v = p.grad.clone()
            if i in self.v:
                v = self.momentum * self.v[i] + (1 - self.dampening) * p.grad
            self.v[i] = v
            p -= self.lr * (p.grad + self.momentum * v if self.nesterov else v)
            p.grad = p.grad.clone()
