"""Two transposes, and clone with a memory format; rearranged in place of contiguous."""

import torch


def hwc_to_chw(x):
    return x.transpose(-1, -2).transpose(-2, -3).clone(memory_format=torch.contiguous_format)


def chw_to_hwc(x):
    return x.swapaxes(-3, -2).swapaxes(-2, -1).clone(memory_format=torch.contiguous_format)
