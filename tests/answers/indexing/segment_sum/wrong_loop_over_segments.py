"""for size 16: it loops"""

import torch


def segment_sum(values, segments, n):
    sums = [values[segments == each].sum(0, dtype=values.dtype) for each in range(n)]
    return torch.stack(sums)
