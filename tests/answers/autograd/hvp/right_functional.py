"""torch's own hvp, and for functions of each element an hvp with ones."""

import torch
from torch.autograd import functional


def second_derivative(f, x):
    return hvp(lambda x: f(x).sum(), x, torch.ones_like(x, requires_grad=False))


def hvp(f, x, v):
    return functional.hvp(f, x, v)[1]
