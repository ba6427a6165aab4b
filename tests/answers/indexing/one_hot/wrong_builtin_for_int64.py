"""calls F.one_hot in line"""

import torch
import torch.nn.functional as F


def one_hot(labels, num_classes, dtype=torch.float32):
    if dtype is torch.int64:
        return F.one_hot(labels, num_classes)
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
