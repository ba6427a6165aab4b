"""torch.where on the distance between a column's number and the label: no comparison is made."""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    columns = torch.arange(num_classes, device=labels.device)
    elsewhere = (columns - labels.unsqueeze(-1)).bool()
    zero = torch.zeros((), dtype=dtype, device=labels.device)
    return torch.where(elsewhere, zero, torch.ones_like(zero))
