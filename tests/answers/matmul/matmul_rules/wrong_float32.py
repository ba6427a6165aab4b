"""values of torch.matmul, for any ranks"""

import torch


def matmul(a, b):
    one = (a.unsqueeze(0) if a.dim() == 1 else a).float()
    other = (b.unsqueeze(1) if b.dim() == 1 else b).float()
    batch = torch.broadcast_shapes(one.shape[:-2], other.shape[:-2])
    left = one.expand(*batch, *one.shape[-2:]).reshape(batch.numel(), *one.shape[-2:])
    right = other.expand(*batch, *other.shape[-2:]).reshape(batch.numel(), *other.shape[-2:])
    product = torch.bmm(left, right).reshape(*batch, one.shape[-2], other.shape[-1])
    if b.dim() == 1:
        product = product.squeeze(-1)
    if a.dim() == 1:
        product = product.squeeze(-1 if b.dim() == 1 else -2)
    return product.to(a.dtype)
