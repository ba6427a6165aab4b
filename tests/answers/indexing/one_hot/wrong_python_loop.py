"""for size 16: it loops"""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    flat = labels.reshape(-1)
    rows = torch.zeros(flat.numel(), num_classes, dtype=dtype, device=labels.device)
    for row, label in enumerate(flat):
        rows[row, label] = 1
    return rows.view(*labels.shape, num_classes)
