"""torch.bernoulli of probabilities, masked_fill, a factor."""

import torch


def dropout(x, p, training, generator=None):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if not training:
        return x
    kept = torch.bernoulli(torch.full(x.shape, 1.0 - p, device=x.device), generator=generator)
    scale = 1 / max(1 - p, 1e-9)
    return (x * scale).masked_fill(kept == 0, 0)
