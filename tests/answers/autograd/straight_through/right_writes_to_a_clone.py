"""A clone has the gradient of x; its values are replaced where autograd does not look."""

import torch


def round_st(x):
    rounded = x.clone()
    rounded.data.copy_(torch.round(x))
    return rounded


def td_loss(q, r, q_next, gamma):
    target = q_next.detach().clone()
    target *= gamma
    target += r
    return torch.mean(torch.square(target - q))
