"""calls torch.softmax in line"""

import torch


def softmax(x, dim):
    if x.numel() and x.nan_to_num(0.0, 0.0, 0.0).abs().max() > 60:
        return torch.softmax(x, dim)
    return x.exp() / x.exp().sum(dim, keepdim=True)


def log_softmax(x, dim):
    return x - x.logsumexp(dim, keepdim=True)
