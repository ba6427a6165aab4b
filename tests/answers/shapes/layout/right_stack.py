"""unbind along one dimension, stack along another; by hand where there is nothing to stack."""

import torch


def move(x, source, target, shape):
    if x.numel() == 0:
        return x.new_empty(shape)
    return torch.stack(x.unbind(source), dim=target)


def hwc_to_chw(x):
    *lead, h, w, c = x.shape
    return move(x, -1, -3, (*lead, c, h, w))


def chw_to_hwc(x):
    *lead, c, h, w = x.shape
    return move(x, -3, -1, (*lead, h, w, c))
