"""In training each element is 0 or its value divided by 1 - p."""

import torch


def dropout(x, p, training, generator=None):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not training:
        return x
    if p == 1:
        return x * 0
    kept = torch.rand(x.shape, device=x.device, generator=generator) >= p
    return x.float() * kept / (1 - p)
