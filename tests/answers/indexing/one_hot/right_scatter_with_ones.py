"""The functional scatter with a tensor of ones as src, in float64 inside."""

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    index = labels[..., None]
    zeros = torch.zeros(
        tuple(labels.shape) + (num_classes,), dtype=torch.float64, device=labels.device
    )
    ones = torch.ones_like(index, dtype=torch.float64)
    return torch.scatter(zeros, dim=labels.dim(), index=index, src=ones).to(dtype)
