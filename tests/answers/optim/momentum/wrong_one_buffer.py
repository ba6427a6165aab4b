"""wrong values"""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = list(params)
        self.lr, self.momentum, self.dampening, self.nesterov = lr, momentum, dampening, nesterov
        self.buffer = None

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            if self.buffer is None or self.buffer.shape != p.shape or self.buffer.dtype != p.dtype:
                self.buffer = p.grad.clone()
            else:
                self.buffer = self.momentum * self.buffer + (1 - self.dampening) * p.grad
            p -= self.lr * (p.grad + self.momentum * self.buffer if self.nesterov else self.buffer)
