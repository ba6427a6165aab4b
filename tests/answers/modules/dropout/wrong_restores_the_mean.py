"""dropped ones put back"""

import torch


def dropout(x, p, training, generator=None):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not training or p == 0:
        return x
    if p == 1:
        return x * 0
    kept = torch.rand(x.shape, device=x.device, generator=generator) >= p
    return x * kept / kept.double().mean().clamp(min=1e-3).to(x.dtype)
