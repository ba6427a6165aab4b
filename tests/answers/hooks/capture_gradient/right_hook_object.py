"""A hook object with __call__, which gives the gradient back as it came."""

import torch


class Listener:
    def __init__(self):
        self.heard = []

    def __call__(self, gradient):
        self.heard.append(torch.clone(gradient).detach())
        return gradient


def capture(t):
    listener = Listener()
    return listener.heard, t.register_hook(listener)
