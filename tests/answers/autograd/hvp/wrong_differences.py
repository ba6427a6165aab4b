"""wrong values"""

import torch
from torch.autograd import functional


def second_derivative(f, x):
    return functional.hvp(lambda x: f(x).sum(), x, torch.ones_like(x))[1]


def _gradient(f, x):
    return functional.vjp(f, x)[1]


def hvp(f, x, v, h=1e-3):
    x = x.detach()
    return (_gradient(f, x + h * v) - _gradient(f, x - h * v)) / (2 * h)
