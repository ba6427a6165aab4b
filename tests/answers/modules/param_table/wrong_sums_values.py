"""RuntimeError: Tensor.item() cannot be called on meta tensors"""

import torch


def table(m):
    return {name: param.numel() for name, param in m.named_parameters()}


def count(m, trainable=False):
    params = [p for p in m.parameters() if p.requires_grad or not trainable]
    return int(sum(torch.ones_like(p).sum() for p in params))
