"""The constants are computed under no_grad."""

import torch
import torch.nn.functional as F


def round_st(x):
    with torch.no_grad():
        difference = x.round() - x
    return x + difference


def td_loss(q, r, q_next, gamma):
    with torch.no_grad():
        target = r + gamma * q_next
    return F.mse_loss(q, target)
