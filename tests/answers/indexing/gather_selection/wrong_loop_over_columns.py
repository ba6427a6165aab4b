"""for size 16: it loops"""

import torch


def select(x, index):
    values = x[..., 0]
    for column in range(1, x.shape[-1]):
        values = torch.where(index == column, x[..., column], values)
    return values
