"""Joins the last dimension as the first one."""

import torch


def append_bias(x):
    first = x.movedim(-1, 0)
    return torch.cat([first, torch.ones_like(first.new_empty((1, *first.shape[1:])))]).movedim(
        0, -1
    )
