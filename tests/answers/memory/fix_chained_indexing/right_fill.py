"""masked_fill_ for a mask, index_fill_ for numbers."""

import torch


def zero_cells_(x, rows, col):
    column = x.select(1, col)
    if rows.dtype == torch.bool:
        column.masked_fill_(rows, 0)
    else:
        column.index_fill_(0, rows, 0)
