"""logsumexp shifts by itself; softmax as exp of log_softmax."""

import torch


def softmax(x, dim):
    return log_softmax(x, dim).exp()


def log_softmax(x, dim):
    return x - torch.logsumexp(x, dim, keepdim=True)
