"""cut off from x"""

import torch


def dropout(x, p, training, generator=None):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    kept = torch.rand(x.shape, device=x.device, generator=generator) >= p
    return x.detach() * kept / (1 - p)
