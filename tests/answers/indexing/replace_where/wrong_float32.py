"""Where the mask"""

import torch


def replace_where(x, mask, value):
    return torch.where(mask, value, x.float()).to(x.dtype)
