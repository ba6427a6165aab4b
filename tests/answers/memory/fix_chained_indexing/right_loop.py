"""One row at a time, by its number."""

import torch
from torch import Tensor


def zero_cells_(x: Tensor, rows: Tensor, col: int) -> None:
    if rows.dtype == torch.bool:
        rows = rows.nonzero().squeeze(1)
    for row in rows.tolist():
        x[row, col] = 0
