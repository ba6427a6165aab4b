"""scatter_reduce on flat slices, in float64 inside where the values are floating."""

import torch


def segment_sum(values, segments, n):
    wide = torch.float64 if values.is_floating_point() else torch.int64
    flat = values.to(wide).reshape(len(values), values.shape[1:].numel())
    sums = torch.zeros(n, flat.shape[1], dtype=wide, device=values.device)
    index = segments.unsqueeze(1).expand(flat.shape)
    sums = sums.scatter_reduce(0, index, flat, reduce="sum")
    return sums.reshape(n, *values.shape[1:]).to(values.dtype)
