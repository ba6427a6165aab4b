"""With nesterov the sum is written into .grad"""

import torch


class Momentum(torch.optim.SGD):
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        super().__init__(params, lr, momentum, dampening, nesterov=nesterov, foreach=True)
        self.lr = lr

    def step(self):
        self.param_groups[0]["lr"] = self.lr
        super().step()
