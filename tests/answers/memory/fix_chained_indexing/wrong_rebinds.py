"""With a bool tensor, the column becomes 0 in the rows that are True, and all else stays."""

import torch


def zero_cells_(x, rows, col):
    mask = torch.zeros_like(x, dtype=torch.bool)
    mask[rows, col] = True
    x = torch.where(mask, 0, x)
