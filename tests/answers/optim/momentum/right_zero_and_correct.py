"""The buffer starts from zeros, and a parameter's first gradient is added whole."""

import torch


class Momentum:
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.lr, self.momentum = lr, momentum
        self.dampening, self.nesterov = dampening, nesterov
        self.state = [{"p": p, "v": torch.zeros_like(p.detach()), "seen": False} for p in params]

    def step(self):
        with torch.no_grad():
            for s in self.state:
                p, v = s["p"], s["v"]
                if p.grad is None:
                    continue
                v *= self.momentum
                v += p.grad * (1.0 - self.dampening if s["seen"] else 1.0)
                s["seen"] = True
                p.copy_(p - self.lr * (p.grad + self.momentum * v if self.nesterov else v))
