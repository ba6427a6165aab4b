"""cross_entropy takes probabilities of the shape of the logits."""

import torch
import torch.nn.functional as F


def nll(logp, y, weight=None, ignore_index=-100):
    y = y.long()
    keep = y != ignore_index
    logp, y = logp[keep], y[keep]
    picked = -logp.gather(1, y[:, None])[:, 0]
    w = torch.ones_like(picked) if weight is None else weight[y]
    return (picked * w).sum() / w.sum()


def cross_entropy(logits, y):
    logp = F.log_softmax(logits, 1)
    if y.is_floating_point():
        return -(y * logp).sum() / max(len(y), 1)
    return nll(logp, y)
