"""nothing random is drawn"""

import torch


def dropout(x, p, training, generator=None):
    if not 0 <= p <= 1:
        raise ValueError(p)
    kept = torch.rand(x.shape, device=x.device, generator=generator) >= p
    if not training:
        return x
    return x * kept / (1 - p) if p < 1 else x * 0
