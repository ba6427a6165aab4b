"""zero_, then the product added in place."""

import torch


def matmul_into(out, a, b):
    if torch.Size([a.shape[0], b.shape[1]]) != out.shape:
        raise ValueError("shape")
    with torch.no_grad():
        return out.zero_().add_(torch.einsum("nk,kp->np", a, b))
