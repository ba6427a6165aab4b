"""einsum in line"""

import torch


def matmul(a, b):
    one = a.unsqueeze(0) if a.dim() == 1 else a
    other = b.unsqueeze(1) if b.dim() == 1 else b
    product = torch.einsum("...nk,...kp->...np", one, other)
    if b.dim() == 1:
        product = product.squeeze(-1)
    if a.dim() == 1:
        product = product.squeeze(-1 if b.dim() == 1 else -2)
    return product
