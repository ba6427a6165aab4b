"""A uint8 tensor is compared in uint8, where -100 is 156"""

import torch


def nll(logp, y, weight=None, ignore_index=-100):
    counts = y != ignore_index
    ids = torch.where(counts, y, 0).long()
    picked = torch.where(counts, logp.gather(1, ids[:, None])[:, 0], 0)
    weights = torch.ones_like(picked) if weight is None else weight[ids]
    weights = torch.where(counts, weights, 0)
    return -(weights * picked).sum() / weights.sum()


def cross_entropy(logits, y):
    logp = logits.log_softmax(1)
    if y.is_floating_point():
        return -(y * logp).sum(1).mean()
    return nll(logp, y)
