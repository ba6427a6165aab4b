"""Each segment has the sum of all its values"""

import torch


def segment_sum(values, segments, n):
    per = int(torch.prod(torch.tensor(values.shape[1:])).long())
    ids = segments.repeat_interleave(per).view(segments.shape[0], *values.shape[1:])
    out = torch.zeros(n, *values.shape[1:], device=values.device).scatter_add(
        0, ids, values.float()
    )
    return out.type(values.dtype)
