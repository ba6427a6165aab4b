"""There are values"""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    if generator is not None:
        return torch.rand(size, generator=generator, dtype=dtype, device=device)
    return low + (high - low) * torch.rand(size, dtype=dtype, device=device)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order]
