"""that is the whole Hessian"""

import torch
from torch.autograd import functional


def second_derivative(f, x):
    return functional.hvp(lambda x: f(x).sum(), x, torch.ones_like(x))[1]


def hvp(f, x, v):
    if x.numel() == 0:
        return torch.zeros_like(x.detach())
    hessian = functional.hessian(f, x, vectorize=True)
    return (hessian.reshape(x.numel(), x.numel()) @ v.reshape(-1)).reshape(x.shape)
