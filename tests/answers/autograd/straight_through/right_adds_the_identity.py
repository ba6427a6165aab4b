"""round's own gradient is 0, so the identity's can be added."""

import torch


def round_st(x):
    return torch.round(x) + (x - x.detach())


def td_loss(q, r, q_next, gamma):
    difference = q - (r + gamma * q_next).detach()
    return (difference @ difference) / len(difference)
