"""Each segment has the sum of all its values"""

import torch
from torch import Tensor


def segment_sum(values: Tensor, segments: Tensor, n: int) -> Tensor:
    out = torch.zeros(n, *values.shape[1:], device=values.device)
    return out.index_add(0, segments, values.float()).to(values.dtype)
