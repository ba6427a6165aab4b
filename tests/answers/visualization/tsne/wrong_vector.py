"""The loss is the divergence of Q from P"""

import torch


def affinities(x, sigma):
    scores = -(x.unsqueeze(1) - x.unsqueeze(0)).square().sum(-1) / (2 * sigma**2)
    scores.fill_diagonal_(-torch.inf)
    chances = scores.softmax(1)
    return (chances + chances.T) / (2 * len(x))


def tsne_loss(p, y):
    off = ~torch.eye(len(y), dtype=torch.bool, device=y.device)
    near = 1 / (1 + (y.unsqueeze(1) - y.unsqueeze(0)).square().sum(-1))[off]
    q, p = near / near.sum(), p[off]
    return (torch.xlogy(p, p) - p * q.log()).view(len(y), -1).sum(1)
