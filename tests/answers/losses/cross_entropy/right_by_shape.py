"""Probabilities told by their shape and dtype; nonzero."""

import torch


def nll(logp, y, weight=None, ignore_index=-100):
    y = y.to(torch.long)
    rows = (y != ignore_index).nonzero().squeeze(1)
    ids = y.index_select(0, rows)
    picked = logp.index_select(0, rows).gather(1, ids.view(-1, 1)).view(-1)
    if weight is None:
        weight = torch.ones(logp.shape[1], dtype=logp.dtype, device=logp.device)
    weights = weight[ids]
    return -(picked * weights).sum() / weights.sum()


def cross_entropy(logits, y):
    top = logits.amax(1, keepdim=True).detach()
    shifted = logits - top
    logp = shifted - shifted.exp().sum(1, keepdim=True).log()
    if y.ndim == 2 and y.dtype == logits.dtype:
        return (-y * logp).sum(dim=1).mean()
    return nll(logp, y)
