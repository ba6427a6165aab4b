"""wrong values:"""

import torch


def append_bias(x):
    return torch.cat([x, x.new_zeros((*x.shape[:-1], 1))], dim=-1)
