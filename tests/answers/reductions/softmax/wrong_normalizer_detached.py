"""The gradient of softmax is right.

Detaches the whole normalizer (the log of the sum too) as if it were a constant:
right values, wrong gradient.
"""

import torch
from torch import Tensor


def _normalizer(x, dim):
    # only a shift, it cancels out, so autograd need not know about it
    with torch.no_grad():
        m = x.amax(dim, keepdim=True)
        return m, (x - m).exp().sum(dim, keepdim=True)


def softmax(x: Tensor, dim: int) -> Tensor:
    m, total = _normalizer(x, dim)
    return (x - m).exp() / total


def log_softmax(x: Tensor, dim: int) -> Tensor:
    m, total = _normalizer(x, dim)
    return (x - m) - total.log()
