"""Each segment has the sum of all its values"""

import torch


def segment_sum(values, segments, n):
    ends = torch.bincount(segments, minlength=n).cumsum(0)
    zero = torch.zeros(1, *values.shape[1:], dtype=values.dtype, device=values.device)
    running = torch.cat([zero, values.cumsum(0, dtype=values.dtype)])
    upto = torch.cat([ends.new_zeros(1), ends])
    return running[upto[1:]] - running[upto[:-1]]
