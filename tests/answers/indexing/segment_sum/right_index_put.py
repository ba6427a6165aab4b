"""index_put_ that accumulates."""

import torch
from torch import Tensor


def segment_sum(values: Tensor, segments: Tensor, n: int) -> Tensor:
    out = torch.zeros([n, *values.shape[1:]], dtype=values.dtype, device=values.device)
    return out.index_put_((segments,), values, accumulate=True)
