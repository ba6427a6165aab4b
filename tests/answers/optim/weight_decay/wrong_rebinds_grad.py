"""sgd_l2_step follows the gradient of the loss with (wd / 2) · ‖p‖² added, and leaves .grad."""

import torch


def sgd_l2_step(params, lr, wd):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.grad = p.grad + wd * p
                p -= lr * p.grad


def decoupled_step(params, lr, wd, direction=None):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                d = p.grad if direction is None else direction(p.grad)
                p -= lr * d + lr * wd * p
