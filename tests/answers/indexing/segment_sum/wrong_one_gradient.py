"""Each value gets the gradient of its segment's sum."""

import torch


def segment_sum(values, segments, n):
    sums = torch.zeros(n, *values.shape[1:], dtype=values.dtype, device=values.device)
    first = sums.index_add(0, segments[:1], values[:1])
    return first.index_add(0, segments[1:], values[1:].detach())
