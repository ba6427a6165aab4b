"""tensordot over the last dimension of both."""

import torch


def linear(x, weight, bias=None):
    y = torch.tensordot(x, weight, dims=([-1], [1]))
    return y if bias is None else torch.add(y, bias)
