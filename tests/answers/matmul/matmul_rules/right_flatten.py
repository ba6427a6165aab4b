"""Leading sides of 1 to equal ranks, repeat for the batch, flatten and unflatten."""

import torch


def matmul(a, b):
    left = a[None, :] if len(a.shape) == 1 else a
    right = b[:, None] if len(b.shape) == 1 else b
    rank = max(left.dim(), right.dim(), 3)
    left = left[(None,) * (rank - left.dim())]
    right = right[(None,) * (rank - right.dim())]
    times = [
        (q if p == 1 else 1, p if q == 1 else 1) for p, q in zip(left.shape[:-2], right.shape[:-2])
    ]
    left = left.repeat(*(t[0] for t in times), 1, 1)
    right = right.repeat(*(t[1] for t in times), 1, 1)
    batch = left.shape[:-2]
    product = torch.bmm(left.flatten(0, -3), right.flatten(0, -3)).unflatten(0, batch)
    real = max(a.dim(), b.dim(), 2)
    for _ in range(rank - real):
        product = product.squeeze(0)
    if a.dim() == 1:
        product = product.squeeze(-2)
    if b.dim() == 1:
        product = product.squeeze(-1)
    return product
