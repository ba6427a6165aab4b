"""The gradient of the number v · y. A term that is 0 keeps the leaf in the graph."""

import torch
from torch import Tensor


def _weighted(y: Tensor, v: Tensor, leaf: Tensor) -> Tensor:
    return (y * v).sum() + 0 * leaf.sum()


def vjp(f, x, v):
    leaf = torch.empty_like(x).copy_(x.detach()).requires_grad_()
    y = f(leaf)
    return y.data, torch.autograd.grad(_weighted(y, v, leaf), leaf)[0]
