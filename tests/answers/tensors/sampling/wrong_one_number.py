"""draw each by itself"""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    unit = torch.rand(
        (*size[:1], *[1] * (len(size) - 1)), generator=generator, dtype=dtype, device=device
    )
    return (low + (high - low) * unit).expand(size)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order]
