"""for size 16: it loops"""

import torch


def select(x, index):
    rows = x.reshape(-1, x.shape[-1])
    values = [row[column] for row, column in zip(rows, index.reshape(-1), strict=True)]
    return torch.stack(values).reshape(index.shape) if values else rows[:, 0].reshape(index.shape)
