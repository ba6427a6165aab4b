"""masked_fill before and after; take_along_dim; logsumexp by hand."""

import torch
from torch import Tensor


def nll(logp: Tensor, y: Tensor, weight: Tensor | None = None, ignore_index: int = -100) -> Tensor:
    y = y.to(torch.int64)
    ignored = y == ignore_index
    safe = y.masked_fill(ignored, 0)
    losses = -torch.take_along_dim(logp, safe[:, None], dim=1)[:, 0]
    losses = losses.masked_fill(ignored, 0)
    w = torch.ones_like(losses).detach() if weight is None else weight.index_select(0, safe)
    w = w.masked_fill(ignored, 0)
    return torch.dot(losses, w) / w.sum()


def cross_entropy(logits: Tensor, y: Tensor) -> Tensor:
    logp = logits - logits.logsumexp(1, keepdim=True)
    if torch.is_floating_point(y):
        return -torch.einsum("nc,nc->n", y, logp).mean()
    return nll(logp, y)
