"""einsum over the inputs."""

import torch


def linear(x, weight, bias=None):
    y = torch.einsum("...i,oi->...o", x, weight)
    if bias is not None:
        y += bias
    return y
