"""Each row holds a single 1, in its label's column, for labels of any shape."""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    index = labels.unsqueeze(-1)
    rows = torch.zeros(*labels.shape, num_classes, 1, dtype=dtype, device=labels.device)
    return rows.scatter_(-2, index.unsqueeze(-1), 1).squeeze()
