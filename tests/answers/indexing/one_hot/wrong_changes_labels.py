"""labels was written to; the call must leave it alone"""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    labels.unsqueeze_(-1)
    rows = torch.zeros(*labels.shape[:-1], num_classes, dtype=dtype, device=labels.device)
    rows.scatter_(-1, labels, 1)
    labels.squeeze_(-1)
    return rows
