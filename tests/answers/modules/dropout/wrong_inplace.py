"""dropped ones put back"""

import torch


def dropout(x, p, training, generator=None):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not training:
        return x
    drop = torch.rand(x.shape, device=x.device, generator=generator) < p
    with torch.no_grad():
        x[drop] = 0
    return x / (1 - p) if p < 1 else x * 0
