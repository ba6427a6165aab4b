"""an int expected, a tensor returned"""

import torch


def table(m):
    return {name: param.numel() for name, param in m.named_parameters()}


def count(m, trainable=False):
    sizes = [p.numel() for p in m.parameters() if p.requires_grad or not trainable]
    return torch.tensor(sizes, dtype=torch.int64).sum()
