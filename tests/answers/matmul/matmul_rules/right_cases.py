"""Each case by itself, matrices by mm, batches by bmm."""

import torch


def matmul(a, b):
    if a.dim() == 1 and b.dim() == 1:
        return torch.mm(a[None], b[:, None])[0, 0]
    if a.dim() == 1:
        return matmul(a[None], b).squeeze(-2)
    if b.dim() == 1:
        return matmul(a, b[:, None]).squeeze(-1)
    if a.dim() == 2 and b.dim() == 2:
        return torch.mm(a, b)
    if b.dim() == 2:
        rows = a.reshape(a.shape[:-1].numel(), a.shape[-1])
        return torch.mm(rows, b).reshape(*a.shape[:-1], b.shape[-1])
    batch = torch.broadcast_tensors(a[..., 0:1, 0:1].sum((-1, -2)), b[..., :1, :1].sum((-1, -2)))
    batch = batch[0].shape
    n, k, p = a.shape[-2], a.shape[-1], b.shape[-1]
    left = a.expand(batch + (n, k)).reshape(batch.numel(), n, k)
    right = b.broadcast_to(batch + (k, p)).reshape(batch.numel(), k, p)
    return torch.bmm(left, right).view(batch + (n, p))
