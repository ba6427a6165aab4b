"""An x that requires grad goes on doing so, and its .grad keeps what it held."""

import torch


def vjp(f, x, v):
    copy = x.clone().requires_grad_()
    copy.retain_grad()
    y = f(copy)
    if y.requires_grad:
        y.backward(v)
    return y.detach(), torch.zeros_like(x.detach()) if copy.grad is None else copy.grad
