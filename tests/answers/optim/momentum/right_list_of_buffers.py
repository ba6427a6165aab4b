"""Buffers in a list, new tensors at each step."""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = [p for p in params]
        self.lr = lr
        self.beta = momentum
        self.keep = 1 - dampening
        self.nesterov = nesterov
        self.v = [None for _ in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            g = p.grad
            if g is None:
                continue
            v = self.v[i]
            self.v[i] = v = g.detach().clone() if v is None else self.beta * v + self.keep * g
            d = g + self.beta * v if self.nesterov else v
            p -= self.lr * d
