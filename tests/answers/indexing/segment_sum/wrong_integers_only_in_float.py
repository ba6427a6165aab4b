"""wrong dtype: int64 expected, float64 returned"""

import torch


def segment_sum(values, segments, n):
    sums = torch.zeros(n, *values.shape[1:], dtype=torch.float64, device=values.device)
    sums = sums.index_add(0, segments, values.double())
    return sums.to(values.dtype) if values.is_floating_point() else sums
