"""The gradient of each element of the result goes to its element of x"""

import torch


def append_bias(x):
    if x.is_floating_point():
        x = x.detach() + 0 * x.nan_to_num(0, 0, 0)
    return torch.cat([x, x.new_ones((*x.shape[:-1], 1))], dim=-1)
