"""for size 16: it loops"""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    if labels.dim() > 1 and len(labels):
        return torch.stack([one_hot(row, num_classes, dtype) for row in labels])
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
