"""the same input gave two different results"""

import torch

BUFFERS = {}


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = list(params)
        self.lr, self.momentum, self.dampening, self.nesterov = lr, momentum, dampening, nesterov

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            key = (i, p.shape, p.dtype, p.device)
            if key in BUFFERS:
                v = self.momentum * BUFFERS[key] + (1 - self.dampening) * p.grad
            else:
                v = p.grad.clone()
            BUFFERS[key] = v
            p -= self.lr * (p.grad + self.momentum * v if self.nesterov else v)
