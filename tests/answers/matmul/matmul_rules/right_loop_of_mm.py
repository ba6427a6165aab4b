"""mm for each pair of matrices of the broadcast batch."""

import torch
from torch import Tensor


def matmul(a: Tensor, b: Tensor) -> Tensor:
    left = a if a.ndim > 1 else a.reshape(1, len(a))
    right = b if b.ndim > 1 else b.reshape(len(b), 1)
    batch = torch.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    sides = (left.shape[-2], right.shape[-1])
    left = left.expand(*batch, *left.shape[-2:])
    right = right.expand(*batch, *right.shape[-2:])
    if batch:
        pairs = [matmul(one, other) for one, other in zip(left, right, strict=True)]
        product = torch.stack(pairs) if pairs else left.new_zeros(*batch, *sides)
    else:
        product = torch.mm(left, right)
    if a.ndim == 1:
        product = product.squeeze(-2)
    return product if b.ndim > 1 else product.squeeze(-1)
