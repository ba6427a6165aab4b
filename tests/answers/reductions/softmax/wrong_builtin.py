"""calls torch.softmax in line"""

import torch


def softmax(x, dim):
    return torch.nn.Softmax(dim)(x)


def log_softmax(x, dim):
    return x - x.logsumexp(dim, keepdim=True)
