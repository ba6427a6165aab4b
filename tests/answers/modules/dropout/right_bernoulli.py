"""bernoulli_ in place on an empty tensor, divided where there is something to divide by."""

import torch


def dropout(x, p, training, generator=None):
    if p < 0 or p > 1:
        raise ValueError("p must lie between 0 and 1")
    if not training or p == 0:
        return x.clone()
    keep = 1.0 - p
    mask = torch.empty_like(x).bernoulli_(keep, generator=generator)
    if keep > 0:
        mask = mask.div_(keep)
    return x * mask
