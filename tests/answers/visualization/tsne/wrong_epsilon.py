"""The loss is the divergence of Q from P"""

import torch


def affinities(x, sigma):
    scores = -(x.unsqueeze(1) - x.unsqueeze(0)).square().sum(-1) / (2 * sigma**2)
    scores.fill_diagonal_(-torch.inf)
    chances = scores.softmax(1)
    return (chances + chances.T) / (2 * len(x))


def tsne_loss(p, y):
    near = 1 / (1 + (y.unsqueeze(1) - y.unsqueeze(0)).square().sum(-1))
    near = near.fill_diagonal_(0)
    q = near / near.sum()
    return (p * ((p + 1e-4) / (q + 1e-4)).log()).sum()
