"""it loops"""

import torch
import torch.nn.functional as F


def nll(logp, y, weight=None, ignore_index=-100):
    total, norm = 0, 0
    for row, label in zip(logp, y.long()):
        if label == ignore_index:
            continue
        w = 1 if weight is None else weight[label]
        total, norm = total - w * row[label], norm + w
    return total / norm if len(logp) and torch.is_tensor(total) else logp.new_tensor(float("nan"))


def cross_entropy(logits, y):
    logp = F.log_softmax(logits, 1)
    if y.is_floating_point():
        return -(y * logp).sum(1).mean()
    return nll(logp, y)
