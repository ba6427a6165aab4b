"""of a segment's values only one is kept."""

import torch


def segment_sum(values, segments, n):
    index = segments.view(-1, *[1] * (values.dim() - 1)).expand_as(values)
    sums = torch.zeros(n, *values.shape[1:], dtype=values.dtype, device=values.device)
    return sums.scatter(0, index, values)
