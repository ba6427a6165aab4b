"""must not require grad"""

import torch


def snapshot(x):
    asks = x.is_floating_point()
    return torch.nn.Parameter(x.detach().clone(), requires_grad=asks)
