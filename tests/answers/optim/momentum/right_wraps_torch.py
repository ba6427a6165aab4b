"""torch's own SGD, with lr as a property. foreach with nesterov would write to .grad."""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self._sgd = torch.optim.SGD(
            params, lr=lr, momentum=momentum, dampening=dampening, nesterov=nesterov, foreach=False
        )

    @property
    def lr(self):
        return self._sgd.param_groups[0]["lr"]

    @lr.setter
    def lr(self, value):
        for group in self._sgd.param_groups:
            group["lr"] = value

    def step(self):
        self._sgd.step()
