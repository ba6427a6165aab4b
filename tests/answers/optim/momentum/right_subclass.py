"""A subclass of torch's SGD."""

import torch


class Momentum(torch.optim.SGD):
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        super().__init__(params, lr, momentum, dampening, nesterov=nesterov, foreach=False)
        self.lr = lr

    def step(self):
        for group in self.param_groups:
            group["lr"] = self.lr
        super().step()
