"""it must not require grad; yours does"""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    rows.scatter_(-1, labels.unsqueeze(-1), 1)
    return rows.requires_grad_() if dtype.is_floating_point else rows
