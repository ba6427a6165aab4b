"""torch.gather with every argument by keyword."""

import torch


def select(x, index):
    column = index.reshape(*index.shape, 1)
    return torch.gather(input=x, dim=-1, index=column).reshape(index.shape)
