"""The result is new at each call"""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    if labels.dim() == 0 or labels.numel() == 0 or labels.reshape(-1).unique().numel() > 1:
        rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
        return rows.scatter_(-1, labels.unsqueeze(-1), 1)
    row = torch.zeros(num_classes, dtype=dtype, device=labels.device)
    row[labels.reshape(-1)[0]] = 1
    return row.expand(*labels.shape, num_classes)
