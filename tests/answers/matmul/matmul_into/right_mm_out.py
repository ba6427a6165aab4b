"""torch.mm with out=, whose result is not used."""

import torch


def matmul_into(out, a, b):
    (n, _), (_, p) = a.shape, b.shape
    if list(out.shape) == [n, p]:
        torch.mm(a, b, out=out)
        return out
    raise ValueError(f"expected {n} x {p}")
