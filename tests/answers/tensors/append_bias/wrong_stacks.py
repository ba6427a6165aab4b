"""raises RuntimeError"""

import torch


def append_bias(x):
    return torch.stack([x, x.new_ones(x.shape[:-1])], dim=-1)
