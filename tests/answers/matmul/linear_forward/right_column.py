"""weight times columns: x turned, and turned back."""

import torch


def linear(x, weight, bias=None):
    y = torch.matmul(weight, x.unsqueeze(-1)).squeeze(-1)
    if isinstance(bias, torch.Tensor):
        y = y + bias
    return y
