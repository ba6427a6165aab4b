"""f and g are called once each"""

import torch


def through(f, g, x):
    leaf = x.detach().requires_grad_()
    h = f(leaf)
    at_x, at_h = torch.autograd.grad(g(h), (leaf, h))
    return at_x.reshape(x.shape), at_h.reshape(f(leaf).shape)
