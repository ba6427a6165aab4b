"""Only what is picked counts: NaN or infinity shows where it is picked, and nowhere else."""

import torch
import torch.nn.functional as F


def nll(logp, y, weight=None, ignore_index=-100):
    y = y.long()
    keep = y != ignore_index
    logp, y = logp[keep], y[keep]
    if not len(y):
        return logp.new_tensor(float("nan"))
    w = (
        torch.ones(logp.shape[1], dtype=logp.dtype, device=logp.device)
        if weight is None
        else weight
    )
    hot = F.one_hot(y, logp.shape[1]).to(logp.dtype) * w
    return -(hot * logp).sum() / hot.sum()


def cross_entropy(logits, y):
    logp = F.log_softmax(logits, 1)
    if y.is_floating_point():
        return -(y * logp).sum(1).mean()
    return nll(logp, y)
